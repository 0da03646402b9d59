using System.Globalization;
using System.Text;
using Dapper;
using Warehouse.Engines;
using Warehouse.Reference;

namespace Warehouse.Measures;

/// <summary>Answers measure requests: one parameterised SELECT each, over one publication.</summary>
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
        if (request.From > request.To) throw new CatalogException($"the window ends before it begins: {request.From:yyyy-MM-dd} to {request.To:yyyy-MM-dd}");
        var filter = await FilterAsync(session, request, cancel);
        if (request.KnownAt is { } known) filter.Parameters.Add("known_at", known.ToDateTime(TimeOnly.MinValue), System.Data.DbType.Date);
        var asOf = request.AsOf ?? request.To ?? await NewestExtractAsync(session, filter, request.KnownAt is not null, cancel);
        var counts = request.Measures.SelectMany(catalog.Counts).Distinct().ToList();
        filter.Parameters.Add("as_of", asOf.ToDateTime(TimeOnly.MinValue), System.Data.DbType.Date);
        filter.Parameters.Add("due_soon_until", calendar.LastDayWithin(asOf, dueSoonDays).ToDateTime(TimeOnly.MinValue), System.Data.DbType.Date);
        var counted = CountsInAdvance && request.KnownAt is null && catalog.Counted is { } table && await table.AnswersAsync(session, request, asOf, counts.Select(count => catalog.Measure(count).Condition), cancel) ? table : null;
        var sql = Sql(by, counts, filter, request, counted);
        var rows = (await session.ReadAsync<dynamic>(sql, filter.Parameters, cancel)).Select(row => ToRow((IDictionary<string, object?>)row, by.Count, counts, measures));
        return new(by, measures, Sorted(rows, by), asOf, request.From, request.To, request.View) { KnownAt = request.KnownAt };
    }

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

    string Sql(List<Dimension> by, List<string> counts, Filter filter, MeasureRequest request, CountedTable? counted)
    {
        var keys = by.Select((dimension, i) => $"{dimension.Sql} as d{i}");
        var sums = counts.Select((count, i) => $"sum(case when {Bound(catalog.Measure(count).Condition)} then {counted?.Rows ?? "1"} else 0 end) as c{i}");
        var sql = new StringBuilder("with counted as (\n    select ").AppendJoin(", ", keys.Concat(sums));
        sql.Append(CultureInfo.InvariantCulture, $"\n    from {TableOf(request, counted)}\n    where {Bound(catalog.Filter)}{(request.KnownAt is null ? "" : $" and {Bound(catalog.Known!.Value.Filter)}")}{filter.Sql}");
        if (request.From is { } from) AddDay(sql, filter, $"{catalog.Window} >=", "window_from", from);
        if (request.To is { } to) AddDay(sql, filter, $"{catalog.Window} <=", "window_to", to);
        if (by.Count > 0) sql.Append("\n    group by ").AppendJoin(", ", by.Select(dimension => dimension.Sql));
        sql.Append("\n)\n\nselect ");
        var shown = by.Select((dimension, i) => $"{Shown(dimension, i, request.English)} as d{i}");
        sql.AppendJoin(", ", shown.Concat(counts.Select((_, i) => $"cast(coalesce(sum(c{i}), 0) as bigint) as c{i}"))).Append("\nfrom counted");
        foreach (var (dimension, i) in by.Select((dimension, i) => (dimension, i)).Where(pair => pair.dimension.HasTable))
            sql.Append(Joined(dimension, i, filter, request.View));
        if (by.Count > 0) sql.Append("\ngroup by ").AppendJoin(", ", by.Select((dimension, i) => Shown(dimension, i, request.English)));
        return sql.ToString();
    }

    string TableOf(MeasureRequest request, CountedTable? counted) =>
        request.KnownAt is not null ? (catalog.Known ?? throw new CatalogException("this catalogue keeps nothing of what was known before")).Table : counted?.Table ?? catalog.Table;

    /// <summary>The table that explains the key; in a view first the one that says which member stands in its place.</summary>
    static string Joined(Dimension dimension, int i, Filter filter, UnitView view)
    {
        if (!dimension.HasViews || view == UnitView.AsWas) return $"\nleft join {dimension.Table} as t{i} on counted.d{i} = t{i}.{dimension.Sql}";
        return $"\nleft join {dimension.ViewTable} as v{i} on counted.d{i} = v{i}.{dimension.Sql} and v{i}.view_code = {filter.View(view)}"
            + $"\nleft join {dimension.Table} as t{i} on v{i}.{dimension.ShownKey} = t{i}.{dimension.Sql}";
    }

    static void AddDay(StringBuilder sql, Filter filter, string comparison, string name, DateOnly day)
    {
        sql.Append(CultureInfo.InvariantCulture, $" and {comparison} @{name}");
        filter.Parameters.Add(name, day.ToDateTime(TimeOnly.MinValue), System.Data.DbType.Date);
    }

    static string Shown(Dimension dimension, int i, bool english) => dimension.HasTable ? $"t{i}.{dimension.Shown(english)}" : $"counted.d{i}";

    static string Bound(string sql) =>
        sql.Replace("{as_of}", "@as_of", StringComparison.Ordinal).Replace("{known_at}", "@known_at", StringComparison.Ordinal).Replace("{due_soon_until}", "@due_soon_until", StringComparison.Ordinal);

    async Task<Filter> FilterAsync(Session session, MeasureRequest request, CancellationToken cancel)
    {
        var filter = new Filter();
        var asked = request.Where.Select(condition => condition.Dimension).ToHashSet();
        foreach (var condition in request.Where) await AddAsync(session, filter, catalog.Dimension(condition.Dimension), condition.Values, request.View, cancel);
        // No ranking mixes a province with another country's city unless somebody asks for it.
        if (!asked.Overlaps(["scope", "source", "feed"])) filter.AddSources("scope_code = 'vietnam'");
        // Closed cases only: they would make every rate look perfect.
        if (!asked.Overlaps(["source", "feed"])) filter.AddSources("is_trend_only = 0");
        return filter;
    }

    static async Task AddAsync(Session session, Filter filter, Dimension dimension, IReadOnlyList<string> values, UnitView view, CancellationToken cancel)
    {
        if (!dimension.HasTable)
        {
            filter.Add($"{dimension.Sql} in ({filter.List(values.Select(Typed))})");
            return;
        }
        foreach (var value in values) await MemberCheck.CheckAsync(session, dimension, value, view, cancel);
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

    /// <summary>The conditions of one request and their parameters.</summary>
    sealed class Filter
    {
        readonly StringBuilder sql = new();
        int count;

        public DynamicParameters Parameters { get; } = new();

        public string Sql => sql.ToString();

        /// <summary>The conditions on sources alone, for finding the newest extract.</summary>
        public string OfSources { get; private set; } = "";

        public void Add(string condition) => sql.Append(CultureInfo.InvariantCulture, $" and {condition}");

        public void AddSources(string match)
        {
            var condition = $"source_key in (select source_key from warehouse.dim_source where {match})";
            OfSources = OfSources.Length == 0 ? condition : $"{OfSources} and {condition}";
            Add(condition);
        }

        public string View(UnitView view)
        {
            Parameters.Add("view_code", view.Code());
            return "@view_code";
        }

        public string List(IEnumerable<object> values) => string.Join(", ", values.Select(value =>
        {
            var name = $"p{count++}";
            Parameters.Add(name, value);
            return "@" + name;
        }));
    }
}
