using System.Data;
using System.Globalization;
using System.Text;
using Dapper;
using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>The conditions of one request over one table, and their parameters.</summary>
/// <param name="prefix">Before the names of its parameters, where several are asked together.</param>
/// <param name="knownAt">The day whose knowledge is asked for; null for what is known now.</param>
sealed class MeasureFilter(string prefix, DynamicParameters parameters, DateOnly? knownAt = null)
{
    static readonly string[] Days = ["as_of", "known_at", "due_soon_until", "as_of_working_day", "counted_day", "open_month", "first_day", "last_day"];

    readonly StringBuilder sql = new();
    readonly List<(string Match, string Key)> sources = [];
    int count;

    public DynamicParameters Parameters => parameters;

    /// <summary>Each condition begins with <c>and</c>.</summary>
    public string Sql => sql.ToString();

    /// <summary>The condition on sources alone, for finding the newest extract; empty where every source is asked.</summary>
    public string OfSources { get; private set; } = "";

    /// <param name="lookedUp">By requests asked together with this one.</param>
    /// <exception cref="CatalogException">A value does not exist; the message names the nearest one.</exception>
    public async Task AddAsync(Session session, MeasureFact fact, IReadOnlyList<(Dimension Dimension, IReadOnlyList<string> Values)> where, UnitView view, LookedUp lookedUp, CancellationToken cancel)
    {
        if (knownAt is { } day) SetDay("known_at", day);
        var asked = where.Select(condition => condition.Dimension.Name).ToHashSet();
        foreach (var (dimension, values) in where)
        {
            if (dimension.HasTable)
                foreach (var value in values) await lookedUp.CheckAsync(session, dimension, value, view, knownAt, cancel);
            Add(fact, AsKnown(dimension), values, view);
        }
        if (!asked.Overlaps(DefaultSources.Dimensions)) sources.Add((DefaultSources.OfScope, DefaultSources.OfScope));
        if (!asked.Overlaps(["source", "feed"])) sources.Add((DefaultSources.OfKind, DefaultSources.OfKind));
        if (sources.Count == 0) return;
        OfSources = await lookedUp.SourcesAsync(session, string.Join(" and ", sources.Select(source => $"({source.Match})")), string.Join('\n', sources.Select(source => source.Key)), parameters, cancel);
        if (OfSources.Length > 0) Add(OfSources);
    }

    /// <summary>The dimension with its members as they were known on the day asked for.</summary>
    public Dimension AsKnown(Dimension dimension) => knownAt is null ? dimension : dimension.AsKnown(Bound("{known_at}"));

    /// <summary>A condition on a day: <c>due_date &lt;=</c>.</summary>
    public void AddDay(string comparison, string name, DateOnly day) => Add($"{comparison} {SetDay(name, day)}");

    /// <returns>How the day stands in SQL.</returns>
    public string SetDay(string name, DateOnly day)
    {
        parameters.Add(prefix + name, day.ToDateTime(TimeOnly.MinValue), DbType.Date);
        return $"@{prefix}{name}";
    }

    /// <returns>How the number stands in SQL.</returns>
    public string SetNumber(string name, long number)
    {
        parameters.Add(prefix + name, number);
        return $"@{prefix}{name}";
    }

    /// <summary>A text of the catalogue: names of days in braces are parameters.</summary>
    public string Bound(string text) => Days.Aggregate(text, (bound, name) => bound.Replace($"{{{name}}}", $"@{prefix}{name}", StringComparison.Ordinal));

    public string View(UnitView view)
    {
        parameters.Add($"{prefix}view_code", view.Code());
        return $"@{prefix}view_code";
    }

    void Add(MeasureFact fact, Dimension dimension, IReadOnlyList<string> values, UnitView view)
    {
        if (!dimension.HasTable)
        {
            Add($"{fact.Sql(dimension)} in ({List(values.Select(Typed))})");
            return;
        }
        var match = MemberCheck.Match(dimension, List(values));
        if (dimension.Table == "warehouse.dim_source") sources.Add((match, $"{dimension.Name}={string.Join('\t', values)}"));
        else if (!dimension.IsViewed(view)) Add($"{dimension.Sql} in (select {dimension.Sql} from {dimension.Table} where {match})");
        else
            Add($"{dimension.Sql} in (select {dimension.Sql} from {dimension.ViewTable} as viewed where view_code = {View(view)} and {dimension.ShownKey} in (select {dimension.Sql} from {dimension.Table} as shown where {match}))");
    }

    void Add(string condition) => sql.Append(CultureInfo.InvariantCulture, $" and {condition}");

    string List(IEnumerable<object> values) => string.Join(", ", values.Select(value =>
    {
        var name = $"{prefix}p{count++}";
        parameters.Add(name, value);
        return "@" + name;
    }));

    static object Typed(string value) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        ? number
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) ? day.ToDateTime(TimeOnly.MinValue) : value;
}
