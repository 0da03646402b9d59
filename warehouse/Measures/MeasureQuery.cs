using System.Globalization;
using Dapper;
using Warehouse.Engines;
using Warehouse.Reference;

namespace Warehouse.Measures;

/// <summary>Answers measure requests: one parameterised SELECT for each table asked, all over one publication.</summary>
/// <param name="dueSoonDays">Working days within which a task counts as due soon.</param>
public sealed partial class MeasureQuery(MeasureCatalog catalog, Reference.Calendar calendar, int dueSoonDays = 3)
{
    static readonly StringComparer Vietnamese = StringComparer.Create(CultureInfo.GetCultureInfo("vi-VN"), CompareOptions.None);

    /// <summary>False asks the spans also where counts were made in advance; the answers are the same.</summary>
    public bool CountsInAdvance { get; init; } = true;

    /// <exception cref="CatalogException">A measure, dimension or value does not exist; the message names the nearest one.</exception>
    public async Task<MeasureTable> AskAsync(Session session, MeasureRequest request, CancellationToken cancel)
    {
        var plan = await PlanAsync(session, request, [], cancel);
        foreach (var select in plan.Selects)
            foreach (IDictionary<string, object?> read in await session.ReadAsync<dynamic>(select.Sql, select.Parameters, cancel)) Add(plan.Found, read, plan.By.Count, select.Columns);
        return Answer(plan);
    }

    /// <summary>Judges a request and writes its SELECTs; only what has to be known for that is read.</summary>
    /// <param name="known">Members that were found to exist before.</param>
    async Task<Plan> PlanAsync(Session session, MeasureRequest request, HashSet<(string Dimension, string Value, UnitView View)> known, CancellationToken cancel)
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
        var selects = new List<PlannedSelect>();
        foreach (var terms in facts)
        {
            var filter = await MeasureFilter.OfAsync(session, terms.Key, where, request.View, cancel, known);
            if (request.KnownAt is { } knownAt) filter.SetDay("known_at", knownAt);
            asOf ??= await DefaultSources.NewestExtractAsync(session, filter.OfSources, filter.Parameters, request.KnownAt is not null, cancel);
            selects.AddRange(Selects(request, terms.Key, [.. terms], by, filter, asOf.Value));
        }
        return new(request, asOf ?? throw new CatalogException("no measure is asked for"), measures, by, selects, [.. facts.Select(terms => terms.Key.Window).Distinct()]);
    }

    MeasureTable Answer(Plan plan)
    {
        var rows = plan.Found.Values.Select(row => new MeasureRow(row.By, [.. plan.Measures.Select(measure => ValueOf(measure, row))]));
        return new(plan.By, plan.Measures, Sorted(rows, plan.By), plan.AsOf, plan.Request.From, plan.Request.To, plan.Request.View) { KnownAt = plan.Request.KnownAt, Windows = plan.Windows };
    }

    /// <summary>What is asked of one table.</summary>
    IEnumerable<PlannedSelect> Selects(MeasureRequest request, MeasureFact fact, List<Measure> terms, List<Dimension> by, MeasureFilter filter, DateOnly asOf)
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
        var sums = terms.Where(term => term.Kind != MeasureKind.Percentile).ToList();
        if (sums.Count > 0) yield return new(counted is null ? sql.Sums(sums) : sql.Sums(sums, counted, CountedTable.CountedDay(asOf) == asOf), filter.Parameters, sums);
        foreach (var alike in terms.Where(term => term.Kind == MeasureKind.Percentile).GroupBy(term => (term.Condition, term.Amount)))
            yield return new(sql.Percentiles([.. alike]), filter.Parameters, [.. alike]);
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

    /// <summary>A request ready to be asked, and the rows found so far.</summary>
    sealed record Plan(MeasureRequest Request, DateOnly AsOf, List<Measure> Measures, List<Dimension> By, List<PlannedSelect> Selects, IReadOnlyList<string> Windows)
    {
        public Dictionary<string, Row> Found { get; } = [];
    }

    /// <summary>One SELECT of a request: columns d0, d1, … are the dimensions, c0, c1, … the terms.</summary>
    sealed record PlannedSelect(string Sql, DynamicParameters Parameters, List<Measure> Columns);

    /// <summary>What was read of one combination of the dimensions' values.</summary>
    sealed record Row(IReadOnlyList<string?> By, Dictionary<string, long> Terms);
}
