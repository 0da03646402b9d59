using Dapper;
using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>Which sources a question is about where it names none, and how far they reach (decision 0015).</summary>
static class DefaultSources
{
    /// <summary>The dimensions that name sources: where one of them is asked for, other sources count than where none is.</summary>
    public static readonly IReadOnlySet<string> Dimensions = new HashSet<string> { "scope", "source", "feed" };

    /// <summary>No ranking mixes a province with another country's city unless somebody asks for it.</summary>
    public const string OfScope = "scope_code = 'vietnam'";

    /// <summary>Sources of closed cases only would make every rate look perfect.</summary>
    public const string OfKind = "is_trend_only = 0";

    /// <summary>The condition that a row's source is one of those that match.</summary>
    public static string Sources(string match) => $"source_key in (select source_key from warehouse.dim_source where {match})";

    /// <summary>The condition that a row is of a default source.</summary>
    public static string Rows => Sources($"{OfScope} and {OfKind}");

    /// <summary>The day of the newest extract of tasks or their events.</summary>
    /// <param name="conditions">On loads and their sources, empty = every one.</param>
    /// <exception cref="CatalogException">There is none.</exception>
    public static async Task<DateOnly> NewestExtractAsync(Session session, string conditions, DynamicParameters? parameters, CancellationToken cancel) =>
        await FindNewestExtractAsync(session, conditions, parameters, cancel) ?? throw NothingLoaded();

    public static CatalogException NothingLoaded() => new("no tasks were loaded from the sources asked for");

    /// <summary>The same, or null.</summary>
    public static Task<DateOnly?> FindNewestExtractAsync(Session session, string conditions, DynamicParameters? parameters, CancellationToken cancel)
    {
        var sql = $"""
            select max(dim_load.extract_date)
            from warehouse.dim_load
            where dim_load.record_code like 'task%'{(conditions.Length == 0 ? "" : " and ")}{conditions}
            """;
        return session.ReadValueAsync<DateOnly?>(sql, parameters, cancel);
    }
}
