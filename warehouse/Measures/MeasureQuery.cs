using System.Globalization;
using Dapper;
using Warehouse.Engines;
using Warehouse.Reference;

namespace Warehouse.Measures;

/// <summary>Answers measure requests over one publication: one parameterised SELECT for all that are asked together.</summary>
/// <param name="dueSoonDays">Working days within which a task counts as due soon.</param>
public sealed partial class MeasureQuery(MeasureCatalog catalog, Reference.Calendar calendar, int dueSoonDays = 3)
{
    /// <summary>What can be asked for.</summary>
    public MeasureCatalog Catalog => catalog;

    /// <summary>False asks the spans also where counts were made in advance; the answers are the same.</summary>
    public bool CountsInAdvance { get; init; } = true;

    /// <exception cref="CatalogException">A measure, dimension or value does not exist; the message names the nearest one.</exception>
    public async Task<MeasureTable> AskAsync(Session session, MeasureRequest request, CancellationToken cancel) => (await AskTogetherAsync(session, [request], new(), cancel))[0];

    /// <summary>Judges a request and writes its SELECTs; only what has to be known for that is read.</summary>
    async Task<Plan> PlanAsync(Session session, MeasureRequest request, string prefix, DynamicParameters parameters, LookedUp lookedUp, CancellationToken cancel)
    {
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
        var plan = new Plan(request, [.. request.Measures.Select(catalog.Measure)], by, [.. facts.Select(terms => terms.Key.Window).Distinct()]);
        DateOnly? asOf = request.AsOf ?? request.To;
        foreach (var (terms, number) in facts.Select((terms, number) => (terms, number)))
        {
            var filter = new MeasureFilter($"{prefix}f{number}_", parameters, request.KnownAt);
            await filter.AddAsync(session, terms.Key, where, request.View, lookedUp, cancel);
            asOf ??= request.KnownAt is not null
                ? await DefaultSources.NewestExtractAsync(session, KnownSources(filter), filter.Parameters, cancel)
                : await lookedUp.NewestAsync(session, filter, cancel) ?? throw DefaultSources.NothingLoaded();
            var isNewest = CountsInAdvance && request.KnownAt is null && terms.Key.Name == MeasureFact.State && terms.Any(IsOfOpenNow)
                && asOf >= await lookedUp.NewestAsync(session, filter, cancel);
            var counted = Counted(request, terms.Key, asOf.Value);
            var countedDay = counted is null ? asOf.Value : await lookedUp.CountedAsync(session, counted, asOf.Value, cancel);
            AddQuestions(plan, terms.Key, [.. terms], filter, asOf.Value, isNewest, counted, countedDay);
        }
        plan.AsOf = asOf ?? throw new CatalogException("no measure is asked for");
        return plan;
    }

    /// <summary>The conditions on the loads that were there on the day whose knowledge is asked for.</summary>
    static string KnownSources(MeasureFilter filter) =>
        $"dim_load.extract_date <= {filter.Bound("{known_at}")}{(filter.OfSources.Length > 0 ? $" and {filter.OfSources}" : "")}";

    /// <summary>Adds what is to be asked of one table.</summary>
    /// <param name="isNewest">Nothing was told of a later day: what counts open tasks alone is asked of these, who are few.</param>
    /// <param name="counted">Knows the dimensions and the window of the request; null where none does.</param>
    /// <param name="countedDay">The last day up to the one asked for that is counted there.</param>
    void AddQuestions(Plan plan, MeasureFact fact, List<Measure> terms, MeasureFilter filter, DateOnly asOf, bool isNewest, CountedTable? counted, DateOnly countedDay)
    {
        var request = plan.Request;
        filter.SetDay("as_of", asOf);
        filter.SetDay("due_soon_until", calendar.LastDayWithin(asOf, dueSoonDays));
        filter.SetNumber("as_of_working_day", calendar.WorkingDayNumber(asOf));
        if (request.From is { } from) filter.AddDay($"{fact.Window} >=", "window_from", from);
        if (request.To is { } to) filter.AddDay($"{fact.Window} <=", "window_to", to);
        var isCountedDay = counted is not null && countedDay == asOf;
        var open = isNewest ? terms.Where(term => IsOfOpenNow(term) && !(isCountedDay && counted!.Knows(term))).ToList() : [];
        if (open.Count > 0)
        {
            var ofOpen = new FactSql(fact, catalog.Open!, fact.Filter, plan.By, filter, request.View, request.English);
            plan.Sums.Add(new(plan, open, ofOpen.Counted(open), ofOpen) { Scan = $"{fact.Name}|open|{asOf:yyyyMMdd}|{request.Rows}", Over = (by, all) => ofOpen.Over(by).Counted(all) });
            terms = [.. terms.Except(open)];
            // A place whose tasks are all closed is a row, too.
            if (terms.Count == 0 && plan.By.Count == 0) return;
        }
        if (!terms.TrueForAll(term => counted?.Knows(term) ?? false)) counted = null;
        if (counted is not null) filter.SetDay("counted_day", countedDay);
        var isKnownAt = request.KnownAt is not null;
        var sql = new FactSql(
            fact, isKnownAt ? catalog.Known!.Value.Table : fact.Table, isKnownAt ? $"{fact.Filter} and {catalog.Known!.Value.Filter}" : fact.Filter,
            plan.By, filter, request.View, request.English);
        var sums = terms.Where(term => term.Kind != MeasureKind.Percentile).ToList();
        var months = CountsInAdvance && fact.Counted is { } known && known.Answers(request, asOf) && sums.TrueForAll(known.Knows) ? known : null;
        if (months is not null) filter.SetDay("open_month", CountedMonths.Open(asOf));
        string Select(FactSql of, IReadOnlyList<Measure> all) => counted is not null ? of.Counted(all, counted, isCountedDay) : months is not null ? of.Counted(all, months) : of.Counted(all);
        if (sums.Count > 0 || terms.Count == 0)
            plan.Sums.Add(new(plan, sums, Select(sql, sums), sql) { Scan = $"{fact.Name}|{counted is not null || months is not null}|{asOf:yyyyMMdd}|{request.Rows}", Over = (by, all) => Select(sql.Over(by), all) });
        foreach (var alike in terms.Where(term => term.Kind == MeasureKind.Percentile).GroupBy(term => (term.Condition, term.Amount)))
            plan.Percentiles.Add(new(plan, [.. alike], sql.Percentiles([.. alike]), sql));
    }

    bool IsOfOpenNow(Measure term) => catalog.Open is not null && term.IsOfOpenTasks;

    CountedTable? Counted(MeasureRequest request, MeasureFact fact, DateOnly asOf) =>
        CountsInAdvance && request.KnownAt is null && fact.Name == MeasureFact.State && catalog.Counted is { } table && table.Answers(request, asOf) ? table : null;

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

    MeasureTable Answer(Plan plan)
    {
        var rows = plan.Found.Values.Select(row => new MeasureRow(row.By, [.. plan.Measures.Select(measure => ValueOf(measure, row))]));
        return new(plan.By, plan.Measures, MeasureRow.Sorted(rows, plan.By.Count), plan.AsOf, plan.Request.From, plan.Request.To, plan.Request.View) { KnownAt = plan.Request.KnownAt, Windows = plan.Windows };
    }

    /// <summary>A request ready to be asked, and what was read for it.</summary>
    sealed record Plan(MeasureRequest Request, List<Measure> Measures, List<Dimension> By, IReadOnlyList<string> Windows)
    {
        public DateOnly AsOf { get; set; }
        public List<TableQuestion> Sums { get; } = [];
        public List<TableQuestion> Percentiles { get; } = [];
        public Dictionary<string, Row> Found { get; } = [];

        public void Add(IDictionary<string, object?> read, List<Measure> columns)
        {
            var by = Enumerable.Range(0, By.Count).Select(i => Text(read[$"d{i}"])).ToList();
            var key = MeasureRow.Key(by);
            if (!Found.TryGetValue(key, out var row)) Found[key] = row = new(by, []);
            for (var i = 0; i < columns.Count; i++)
                if (read[$"c{i}"] is { } value) row.Terms[columns[i].Name] = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What a request asks of one table.</summary>
    /// <param name="Select">Of sums the counted rows, of percentiles all of it.</param>
    sealed record TableQuestion(Plan Plan, List<Measure> Terms, string Select, FactSql Sql)
    {
        /// <summary>What is read, whatever it is grouped by.</summary>
        public string Scan { get; init; } = "";

        /// <summary>The counted rows of these dimensions and terms over the same rows.</summary>
        public Func<IReadOnlyList<Dimension>, IReadOnlyList<Measure>, string>? Over { get; init; }
    }

    /// <summary>What was read of one combination of the dimensions' values.</summary>
    sealed record Row(IReadOnlyList<string?> By, Dictionary<string, long> Terms);
}
