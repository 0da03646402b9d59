using System.Globalization;
using Warehouse.Engines;
using Warehouse.Reference;

namespace Warehouse.Measures;

/// <summary>Answers measure requests: one parameterised SELECT for each table asked, all over one publication.</summary>
/// <param name="dueSoonDays">Working days within which a task counts as due soon.</param>
public sealed class MeasureQuery(MeasureCatalog catalog, Reference.Calendar calendar, int dueSoonDays = 3)
{
    static readonly StringComparer Vietnamese = StringComparer.Create(CultureInfo.GetCultureInfo("vi-VN"), CompareOptions.None);

    /// <summary>False asks the spans also where counts were made in advance; the answers are the same.</summary>
    public bool CountsInAdvance { get; init; } = true;

    /// <exception cref="CatalogException">A measure, dimension or value does not exist; the message names the nearest one.</exception>
    public async Task<MeasureTable> AskAsync(Session session, MeasureRequest request, CancellationToken cancel)
    {
        var measures = request.Measures.Select(catalog.Measure).ToList();
        var by = request.By.Select(catalog.Dimension).ToList();
        var where = request.Where.Select(condition => (catalog.Dimension(condition.Dimension), condition.Values)).ToList();
        if (request.From > request.To) throw new CatalogException($"the window ends before it begins: {request.From:yyyy-MM-dd} to {request.To:yyyy-MM-dd}");
        var facts = request.Measures.SelectMany(catalog.Counts).Distinct().Select(catalog.Measure).GroupBy(catalog.FactOf).ToList();
        foreach (var terms in facts)
        {
            terms.Key.Check(terms.First(), by, where.Select(condition => condition.Item1));
            if (request.KnownAt is not null && (terms.Key.Name != MeasureFact.State || catalog.Known is null))
                throw new CatalogException($"{terms.First().Name} is told as it is known now: what was known of it on an earlier day is not kept");
        }
        DateOnly? asOf = request.AsOf ?? request.To;
        var found = new Dictionary<string, Row>();
        foreach (var terms in facts)
        {
            var filter = await MeasureFilter.OfAsync(session, terms.Key, where, request.View, cancel);
            if (request.KnownAt is { } known) filter.SetDay("known_at", known);
            asOf ??= await DefaultSources.NewestExtractAsync(session, filter.OfSources, filter.Parameters, request.KnownAt is not null, cancel);
            await AskAsync(session, request, terms.Key, [.. terms], by, filter, asOf.Value, found, cancel);
        }
        var rows = found.Values.Select(row => new MeasureRow(row.By, [.. measures.Select(measure => ValueOf(measure, row))]));
        return new(by, measures, Sorted(rows, by), asOf ?? throw new CatalogException("no measure is asked for"), request.From, request.To, request.View)
        {
            KnownAt = request.KnownAt, Windows = [.. facts.Select(terms => terms.Key.Window).Distinct()],
        };
    }

    /// <summary>Adds what one table says to the rows found.</summary>
    async Task AskAsync(Session session, MeasureRequest request, MeasureFact fact, List<Measure> terms, List<Dimension> by, MeasureFilter filter, DateOnly asOf, Dictionary<string, Row> found, CancellationToken cancel)
    {
        filter.SetDay("as_of", asOf);
        filter.SetDay("due_soon_until", calendar.LastDayWithin(asOf, dueSoonDays));
        filter.Parameters.Add("as_of_working_day", calendar.WorkingDayNumber(asOf));
        if (request.From is { } from) filter.AddDay($"{fact.Window} >=", "window_from", from);
        if (request.To is { } to) filter.AddDay($"{fact.Window} <=", "window_to", to);
        var counted = Counted(request, fact, terms, asOf);
        if (counted is not null) filter.SetDay("counted_day", CountedTable.CountedDay(asOf));
        var isKnownAt = request.KnownAt is not null;
        var sql = new FactSql(
            fact, isKnownAt ? catalog.Known!.Value.Table : fact.Table, isKnownAt ? $"{fact.Filter} and {catalog.Known!.Value.Filter}" : fact.Filter,
            by, filter, request.View, request.English);
        async Task ReadAsync(string select, List<Measure> columns)
        {
            foreach (IDictionary<string, object?> read in await session.ReadAsync<dynamic>(select, filter.Parameters, cancel)) Add(found, read, by.Count, columns);
        }

        var sums = terms.Where(term => term.Kind != MeasureKind.Percentile).ToList();
        if (sums.Count > 0) await ReadAsync(counted is null ? sql.Sums(sums) : sql.Sums(sums, counted, CountedTable.CountedDay(asOf) == asOf), sums);
        foreach (var alike in terms.Where(term => term.Kind == MeasureKind.Percentile).GroupBy(term => (term.Condition, term.Amount)))
            await ReadAsync(sql.Percentiles([.. alike]), [.. alike]);
    }

    CountedTable? Counted(MeasureRequest request, MeasureFact fact, List<Measure> terms, DateOnly asOf) =>
        CountsInAdvance && request.KnownAt is null && fact.Name == MeasureFact.State && catalog.Counted is { } table
            && terms.TrueForAll(term => term.Kind == MeasureKind.Count) && table.Answers(request, asOf, terms.Select(term => term.Condition)) ? table : null;

    static void Add(Dictionary<string, Row> found, IDictionary<string, object?> read, int dimensions, List<Measure> columns)
    {
        var by = Enumerable.Range(0, dimensions).Select(i => Text(read[$"d{i}"])).ToList();
        var key = string.Join('\u001f', by.Select(value => value ?? "\u0000"));
        if (!found.TryGetValue(key, out var row)) found[key] = row = new(by, []);
        for (var i = 0; i < columns.Count; i++)
            if (read[$"c{i}"] is { } value) row.Terms[columns[i].Name] = Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    MeasureValue ValueOf(Measure measure, Row row)
    {
        long Total(IEnumerable<string> names) => names.SelectMany(catalog.Terms).Sum(term => row.Terms.GetValueOrDefault(term));
        return measure.Kind switch
        {
            MeasureKind.Rate => new(Total(measure.Parts), Total(measure.Base)),
            MeasureKind.Percentile => row.Terms.TryGetValue(measure.Name, out var days) ? new(days, null) : MeasureValue.None,
            _ => new(Total([measure.Name]), null),
        };
    }

    static string? Text(object? value) => value switch
    {
        null => null,
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    static List<MeasureRow> Sorted(IEnumerable<MeasureRow> rows, List<Dimension> by)
    {
        IOrderedEnumerable<MeasureRow> sorted = rows.OrderBy(_ => 0);
        for (var i = 0; i < by.Count; i++)
        {
            var column = i;
            sorted = sorted.ThenBy(row => row.By[column], Vietnamese);
        }
        return [.. sorted];
    }

    /// <summary>What was read of one combination of the dimensions' values.</summary>
    sealed record Row(IReadOnlyList<string?> By, Dictionary<string, long> Terms);
}
