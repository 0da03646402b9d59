using System.Globalization;
using System.Text;
using Dapper;
using Warehouse.Engines;
using Warehouse.Reference;

namespace Warehouse.Measures;

/// <summary>Answers measure requests: one parameterised SELECT each, over one publication.</summary>
/// <param name="dueSoonDays">Working days within which a task counts as due soon.</param>
public sealed partial class MeasureQuery(MeasureCatalog catalog, Reference.Calendar calendar, int dueSoonDays = 3)
{
    static readonly StringComparer Vietnamese = StringComparer.Create(CultureInfo.GetCultureInfo("vi-VN"), CompareOptions.None);

    /// <summary>False asks the spans also where counts were made in advance; the answers are the same.</summary>
    public bool CountsInAdvance { get; init; } = true;

    /// <exception cref="CatalogException">A measure, dimension or value does not exist; the message names the nearest one.</exception>
    public async Task<MeasureTable> AskAsync(Session session, MeasureRequest request, CancellationToken cancel)
    {
        var plan = await PlanAsync(session, request, new Filter(""), cancel);
        var rows = await session.ReadAsync<dynamic>($"with counted as (\n    {plan.Counted}\n)\n\n{plan.Shown("counted")}", plan.Filter.Parameters, cancel);
        return Answer(plan, rows.Select(row => (IDictionary<string, object?>)row));
    }

    /// <summary>Judges a request and writes its SELECT; only what has to be known for that is read.</summary>
    async Task<Plan> PlanAsync(Session session, MeasureRequest request, Filter filter, CancellationToken cancel)
    {
        var measures = request.Measures.Select(catalog.Measure).ToList();
        var by = request.By.Select(catalog.Dimension).ToList();
        if (request.From > request.To) throw new CatalogException($"the window ends before it begins: {request.From:yyyy-MM-dd} to {request.To:yyyy-MM-dd}");
        await AddConditionsAsync(session, request.Where, request.View, filter, cancel);
        if (request.KnownAt is { } known) filter.Add("known_at", known);
        var asOf = request.AsOf ?? request.To ?? await NewestExtractAsync(session, filter, request.KnownAt is not null, cancel);
        var counts = request.Measures.SelectMany(catalog.Counts).Distinct().ToList();
        filter.Add("as_of", asOf);
        filter.Add("due_soon_until", calendar.LastDayWithin(asOf, dueSoonDays));
        var counted = CountsInAdvance && request.KnownAt is null && catalog.Counted is { } table && await table.AnswersAsync(session, request, asOf, counts.Select(count => catalog.Measure(count).Condition), cancel) ? table : null;
        return new(request, asOf, measures, by, counts, filter, CountedSql(by, counts, filter, request, counted), (name, columns) => ShownSql(by, counts, filter, request, name, columns));
    }

    MeasureTable Answer(Plan plan, IEnumerable<IDictionary<string, object?>> rows) =>
        new(plan.By, plan.Measures, Sorted(rows.Select(row => ToRow(row, plan.By.Count, plan.Counts, plan.Measures)), plan.By), plan.AsOf, plan.Request.From, plan.Request.To, plan.Request.View) { KnownAt = plan.Request.KnownAt };

    /// <summary>The day of the newest extract of the tasks that a filter lets through.</summary>
    static async Task<DateOnly> NewestExtractAsync(Session session, Filter filter, bool isKnownAt, CancellationToken cancel)
    {
        var sql = $"""
            select max(dim_load.extract_date)
            from warehouse.dim_load
            where dim_load.record_code like 'task%'{(isKnownAt ? " and dim_load.extract_date <= @known_at" : "")}{(filter.OfSources.Length == 0 ? "" : " and ")}{filter.OfSources}
            """;
        return await session.ReadValueAsync<DateOnly?>(sql, filter.Parameters, cancel)
            ?? throw new CatalogException("no tasks were loaded from the sources asked for");
    }

    /// <summary>The rows of the measures' table, grouped by the keys of what they are split by.</summary>
    string CountedSql(List<Dimension> by, List<string> counts, Filter filter, MeasureRequest request, CountedTable? counted)
    {
        var keys = by.Select((dimension, i) => $"{dimension.Sql} as d{i}");
        var sums = counts.Select((count, i) => $"sum(case when {filter.Bound(catalog.Measure(count).Condition)} then {counted?.Rows ?? "1"} else 0 end) as c{i}");
        var sql = new StringBuilder("select ").AppendJoin(", ", keys.Concat(sums));
        sql.Append(CultureInfo.InvariantCulture, $"\n    from {TableOf(request, counted)}\n    where {filter.Bound(catalog.Filter)}{(request.KnownAt is null ? "" : $" and {filter.Bound(catalog.Known!.Value.Filter)}")}{filter.Sql}");
        if (request.From is { } from) AddDay(sql, filter, $"{catalog.Window} >=", "window_from", from);
        if (request.To is { } to) AddDay(sql, filter, $"{catalog.Window} <=", "window_to", to);
        if (by.Count > 0) sql.Append("\n    group by ").AppendJoin(", ", by.Select(dimension => dimension.Sql));
        return sql.ToString();
    }

    /// <summary>The same with the keys explained, one row per name.</summary>
    /// <param name="name">Of the grouped rows.</param>
    /// <param name="columns">What the SELECT begins with, where it is one of several.</param>
    static string ShownSql(List<Dimension> by, List<string> counts, Filter filter, MeasureRequest request, string name, BatchColumns? columns)
    {
        var shown = by.Select((dimension, i) => $"{(columns is null ? Shown(dimension, i, request.English, name) : $"cast({Shown(dimension, i, request.English, name)} as varchar(400))")} as d{i}");
        var sums = counts.Select((_, i) => $"cast(coalesce(sum(c{i}), 0) as bigint) as c{i}");
        var sql = new StringBuilder("select ").AppendJoin(", ", columns?.Around(shown, by.Count, sums, counts.Count) ?? shown.Concat(sums)).Append(CultureInfo.InvariantCulture, $"\nfrom {name}");
        foreach (var (dimension, i) in by.Select((dimension, i) => (dimension, i)).Where(pair => pair.dimension.HasTable))
            sql.Append(Joined(dimension, i, filter, request.View, name));
        if (by.Count > 0) sql.Append("\ngroup by ").AppendJoin(", ", by.Select((dimension, i) => Shown(dimension, i, request.English, name)));
        return sql.ToString();
    }

    string TableOf(MeasureRequest request, CountedTable? counted) =>
        request.KnownAt is not null ? (catalog.Known ?? throw new CatalogException("this catalogue keeps nothing of what was known before")).Table : counted?.Table ?? catalog.Table;

    /// <summary>The table that explains the key; in a view first the one that says which member stands in its place.</summary>
    static string Joined(Dimension dimension, int i, Filter filter, UnitView view, string name)
    {
        if (!dimension.HasViews || view == UnitView.AsWas) return $"\nleft join {dimension.Table} as t{i} on {name}.d{i} = t{i}.{dimension.Sql}";
        return $"\nleft join {dimension.ViewTable} as v{i} on {name}.d{i} = v{i}.{dimension.Sql} and v{i}.view_code = {filter.View(view)}"
            + $"\nleft join {dimension.Table} as t{i} on v{i}.{dimension.ShownKey} = t{i}.{dimension.Sql}";
    }

    static void AddDay(StringBuilder sql, Filter filter, string comparison, string name, DateOnly day) =>
        sql.Append(CultureInfo.InvariantCulture, $" and {comparison} {filter.Add(name, day)}");

    static string Shown(Dimension dimension, int i, bool english, string name) => dimension.HasTable ? $"t{i}.{dimension.Shown(english)}" : $"{name}.d{i}";

    async Task AddConditionsAsync(Session session, IReadOnlyList<Condition> where, UnitView view, Filter filter, CancellationToken cancel)
    {
        var asked = where.Select(condition => condition.Dimension).ToHashSet();
        foreach (var condition in where) await AddAsync(session, filter, catalog.Dimension(condition.Dimension), condition.Values, view, cancel);
        // No ranking mixes a province with another country's city unless somebody asks for it.
        if (!asked.Overlaps(["scope", "source", "feed"])) filter.AddSources("scope_code = 'vietnam'");
        // Closed cases only: they would make every rate look perfect.
        if (!asked.Overlaps(["source", "feed"])) filter.AddSources("is_trend_only = 0");
    }

    static async Task AddAsync(Session session, Filter filter, Dimension dimension, IReadOnlyList<string> values, UnitView view, CancellationToken cancel)
    {
        if (!dimension.HasTable)
        {
            filter.Add($"{dimension.Sql} in ({filter.List(values.Select(Typed))})");
            return;
        }
        foreach (var value in values)
            if (filter.Checked.Add((dimension.Name, value, view))) await MemberCheck.CheckAsync(session, dimension, value, view, cancel);
        var match = MemberCheck.Match(dimension, filter.List(values.Cast<object>()));
        if (dimension.Table == "warehouse.dim_source") filter.AddSources(match);
        else if (!dimension.HasViews || view == UnitView.AsWas) filter.Add($"{dimension.Sql} in (select {dimension.Sql} from {dimension.Table} where {match})");
        else
            filter.Add($"{dimension.Sql} in (select {dimension.Sql} from {dimension.ViewTable} where view_code = {filter.View(view)} and {dimension.ShownKey} in (select {dimension.Sql} from {dimension.Table} where {match}))");
    }

    static object Typed(string value) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        ? number
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) ? day.ToDateTime(TimeOnly.MinValue) : value;

    MeasureRow ToRow(IDictionary<string, object?> row, int dimensions, List<string> counts, List<Measure> measures)
    {
        long Total(IEnumerable<string> names) => names.SelectMany(catalog.Terms).Sum(term => Convert.ToInt64(row[$"c{counts.IndexOf(term)}"], CultureInfo.InvariantCulture));
        var values = measures.Select(measure => measure.Kind == MeasureKind.Rate
            ? new MeasureValue(Total(measure.Parts), Total(measure.Base))
            : new MeasureValue(Total([measure.Name]), null));
        return new([.. Enumerable.Range(0, dimensions).Select(i => Text(row[$"d{i}"]))], [.. values]);
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

    /// <summary>A request ready to be asked.</summary>
    /// <param name="Counted">SELECT of the grouped rows.</param>
    /// <param name="Select">SELECT of the rows with their names, over the grouped rows called so.</param>
    sealed record Plan(
        MeasureRequest Request, DateOnly AsOf, List<Measure> Measures, List<Dimension> By, List<string> Counts, Filter Filter, string Counted, Func<string, BatchColumns?, string> Select)
    {
        public string Shown(string name, BatchColumns? columns = null) => Select(name, columns);
    }

    /// <summary>The conditions of one request and their parameters.</summary>
    /// <param name="prefix">Before the names of the parameters, where several requests are asked together.</param>
    sealed class Filter(string prefix, DynamicParameters? shared = null, HashSet<(string, string, UnitView)>? known = null)
    {
        readonly StringBuilder sql = new();
        int count;

        public DynamicParameters Parameters { get; } = shared ?? new();

        /// <summary>Members that were found to exist.</summary>
        public HashSet<(string Dimension, string Value, UnitView View)> Checked { get; } = known ?? [];

        public string Sql => sql.ToString();

        /// <summary>The conditions on sources alone, for finding the newest extract.</summary>
        public string OfSources { get; private set; } = "";

        public void Add(string condition) => sql.Append(CultureInfo.InvariantCulture, $" and {condition}");

        /// <returns>How the day stands in SQL.</returns>
        public string Add(string name, DateOnly day)
        {
            Parameters.Add(prefix + name, day.ToDateTime(TimeOnly.MinValue), System.Data.DbType.Date);
            return "@" + prefix + name;
        }

        public void AddSources(string match)
        {
            var condition = $"source_key in (select source_key from warehouse.dim_source where {match})";
            OfSources = OfSources.Length == 0 ? condition : $"{OfSources} and {condition}";
            Add(condition);
        }

        /// <summary>A text of the catalogue with the parameters of this request.</summary>
        public string Bound(string text) => new[] { "as_of", "known_at", "due_soon_until" }.Aggregate(text, (bound, name) => bound.Replace($"{{{name}}}", $"@{prefix}{name}", StringComparison.Ordinal));

        public string View(UnitView view)
        {
            Parameters.Add(prefix + "view_code", view.Code());
            return $"@{prefix}view_code";
        }

        public string List(IEnumerable<object> values) => string.Join(", ", values.Select(value =>
        {
            var name = $"{prefix}p{count++}";
            Parameters.Add(name, value);
            return "@" + name;
        }));
    }
}
