using System.Data;
using System.Globalization;
using Dapper;
using Warehouse.Engines;
using Warehouse.Wording;

namespace Warehouse.Measures;

/// <summary>Judges whether a value that somebody filters by is a member that the view shows; who is called by an old name learns the successor's.</summary>
static class MemberCheck
{
    /// <summary>More successors than this are not listed.</summary>
    const int MostSuccessors = 3;

    /// <summary>The condition that a member has one of the values as code or name.</summary>
    public static string Match(Dimension dimension, string list) => string.Join(" or ", Columns(dimension).Select(column => $"{column} in ({list})"));

    /// <exception cref="CatalogException">There is no such member (the message names the nearest one), or it is now part of another.</exception>
    /// <param name="knownAt">The day whose knowledge is asked for; null for what is known now.</param>
    public static async Task CheckAsync(Session session, Dimension dimension, string value, UnitView view, DateOnly? knownAt, CancellationToken cancel)
    {
        var of = new DynamicParameters(new { value, view_code = view.Code() });
        if (knownAt is { } day)
        {
            of.Add("known_at", day.ToDateTime(TimeOnly.MinValue), DbType.Date);
            dimension = dimension.AsKnown("@known_at");
        }
        var match = $"({Match(dimension, "@value")})";
        var hasView = dimension.IsViewed(view);
        var isShown = hasView ? $" and {dimension.Sql} in (select {dimension.ShownKey} from {dimension.ViewTable} as viewed where view_code = @view_code)" : "";
        if (await session.ReadValueAsync<long>($"select count(*) from {dimension.Table} as member where {match}{isShown}", of, cancel) > 0) return;
        if (hasView && await SuccessorAsync(session, dimension, value, match, of, cancel) is { } known) throw known;
        var names = await session.ReadAsync<string>($"select distinct {dimension.Shown(english: false)} from {dimension.Table} as member where {dimension.Code} is not null{isShown}", of, cancel);
        throw new CatalogException($"there is no {dimension.Name} '{value}'; {Nearest.Hint(value, names)}");
    }

    /// <summary>What to say of a member that the view shows as part of another; null where there is none of that name.</summary>
    static async Task<SuccessorException?> SuccessorAsync(Session session, Dimension dimension, string value, string match, DynamicParameters of, CancellationToken cancel)
    {
        var sql = $"""
            select successor.{dimension.Shown(english: false)} as "Name", min(viewed.since_date) as "Since"
            from (select {dimension.Sql} from {dimension.Table} as member where {match}) as asked
            join {dimension.ViewTable} as viewed on asked.{dimension.Sql} = viewed.{dimension.Sql} and viewed.view_code = @view_code
            join {dimension.Table} as successor on viewed.{dimension.ShownKey} = successor.{dimension.Sql}
            where viewed.since_date is not null
            group by successor.{dimension.Shown(english: false)}
            """;
        var found = (await session.ReadAsync<Successor>(sql, of, cancel)).OrderBy(one => one.Name, StringComparer.Ordinal).ToList();
        return found.Count == 0 ? null : new SuccessorException(dimension.Name, value, [.. found.Take(MostSuccessors).Select(one => one.Name)], found.Min(one => one.Since));
    }

    static IEnumerable<string> Columns(Dimension dimension) =>
        new[] { dimension.Code, dimension.NameColumn, dimension.NameColumnEn }.Where(column => column.Length > 0);

    sealed class Successor
    {
        public string Name { get; set; } = "";
        public DateOnly Since { get; set; }
    }
}

/// <summary>A question asks for a province or an agency by a name that the view shows as part of another.</summary>
public sealed class SuccessorException(string dimension, string name, IReadOnlyList<string> successors, DateOnly since)
    : CatalogException(string.Create(CultureInfo.InvariantCulture, $"{name} is part of {string.Join(" or ", successors)} since {since:d MMMM yyyy}; ask with --view as-was or {dimension}={successors[0]}"))
{
    public string Name => name;

    /// <summary>By name; several where units of one name in several provinces went different ways.</summary>
    public IReadOnlyList<string> Successors => successors;

    /// <summary>The first day of the successor.</summary>
    public DateOnly Since => since;
}
