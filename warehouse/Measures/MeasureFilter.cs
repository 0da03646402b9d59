using System.Data;
using System.Globalization;
using System.Text;
using Dapper;
using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>The conditions of one request over one table, and their parameters.</summary>
sealed class MeasureFilter
{
    readonly StringBuilder sql = new();
    int count;

    public DynamicParameters Parameters { get; } = new();

    /// <summary>Each condition begins with <c>and</c>.</summary>
    public string Sql => sql.ToString();

    /// <summary>The conditions on sources alone, for finding the newest extract.</summary>
    public string OfSources { get; private set; } = "";

    /// <param name="known">Members that were found to exist before; those found now are added.</param>
    /// <exception cref="CatalogException">A value does not exist; the message names the nearest one.</exception>
    public static async Task<MeasureFilter> OfAsync(Session session, MeasureFact fact, IReadOnlyList<(Dimension Dimension, IReadOnlyList<string> Values)> where, UnitView view, CancellationToken cancel, HashSet<(string, string, UnitView)>? known = null)
    {
        var filter = new MeasureFilter();
        var asked = where.Select(condition => condition.Dimension.Name).ToHashSet();
        foreach (var (dimension, values) in where)
        {
            if (dimension.HasTable)
                foreach (var value in values)
                    if (known is null || known.Add((dimension.Name, value, view))) await MemberCheck.CheckAsync(session, dimension, value, view, cancel);
            filter.Add(fact, dimension, values, view);
        }
        if (!asked.Overlaps(["scope", "source", "feed"])) filter.AddSources(DefaultSources.OfScope);
        if (!asked.Overlaps(["source", "feed"])) filter.AddSources(DefaultSources.OfKind);
        return filter;
    }

    public void AddDay(string comparison, string name, DateOnly day)
    {
        Add($"{comparison} @{name}");
        SetDay(name, day);
    }

    public void SetDay(string name, DateOnly day) => Parameters.Add(name, day.ToDateTime(TimeOnly.MinValue), DbType.Date);

    public string View(UnitView view)
    {
        Parameters.Add("view_code", view.Code());
        return "@view_code";
    }

    void Add(MeasureFact fact, Dimension dimension, IReadOnlyList<string> values, UnitView view)
    {
        if (!dimension.HasTable)
        {
            Add($"{fact.Sql(dimension)} in ({List(values.Select(Typed))})");
            return;
        }
        var match = MemberCheck.Match(dimension, List(values));
        if (dimension.Table == "warehouse.dim_source") AddSources(match);
        else if (!dimension.HasViews || view == UnitView.AsWas) Add($"{dimension.Sql} in (select {dimension.Sql} from {dimension.Table} where {match})");
        else
            Add($"{dimension.Sql} in (select {dimension.Sql} from {dimension.ViewTable} where view_code = {View(view)} and {dimension.ShownKey} in (select {dimension.Sql} from {dimension.Table} where {match}))");
    }

    void Add(string condition) => sql.Append(CultureInfo.InvariantCulture, $" and {condition}");

    void AddSources(string match)
    {
        var condition = DefaultSources.Sources(match);
        OfSources = OfSources.Length == 0 ? condition : $"{OfSources} and {condition}";
        Add(condition);
    }

    string List(IEnumerable<object> values) => string.Join(", ", values.Select(value =>
    {
        var name = $"p{count++}";
        Parameters.Add(name, value);
        return "@" + name;
    }));

    static object Typed(string value) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        ? number
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) ? day.ToDateTime(TimeOnly.MinValue) : value;
}
