using Warehouse.Engines;

namespace Warehouse.Measures;

/// <summary>
/// Counts made in advance: the rows of the measures' own table, alike ones put together and their days moved to the next
/// counted day. Gives the same answers where it knows everything that a request names.
/// </summary>
/// <param name="Table">Has the columns of the measures' table but those in <paramref name="Without"/>.</param>
/// <param name="Rows">Column that says how many rows of the measures' table one row stands for.</param>
/// <param name="Days">Table of calendar days; a day is counted where its <c>counted_date</c> is itself.</param>
/// <param name="Dimensions">What it can be split and filtered by.</param>
/// <param name="Without">Columns of the measures' table that it lacks.</param>
public sealed record CountedTable(string Table, string Rows, string Days, IReadOnlyList<string> Dimensions, IReadOnlyList<string> Without)
{
    /// <summary>True where this table answers the request as the measures' table would.</summary>
    /// <param name="conditions">Of the counts that are asked for.</param>
    public async Task<bool> AnswersAsync(Session session, MeasureRequest request, DateOnly asOf, IEnumerable<string> conditions, CancellationToken cancel) =>
        request.By.Concat(request.Where.Select(condition => condition.Dimension)).All(Dimensions.Contains)
        && !conditions.Any(condition => Without.Any(column => condition.Contains(column, StringComparison.Ordinal)))
        && IsOfWholeYears(request, asOf)
        && await session.ReadValueAsync<long>(
            $"select count(*) from {Days} where calendar_date = @asOf and counted_date = calendar_date", new { asOf = asOf.ToDateTime(TimeOnly.MinValue) }, cancel) > 0;

    /// <summary>Rows know the year of assignment only. No task that counts on a day was assigned after it, so a window may end there.</summary>
    static bool IsOfWholeYears(MeasureRequest request, DateOnly asOf) =>
        request.From is null or { Month: 1, Day: 1 } && (request.To is null or { Month: 12, Day: 31 } || request.To >= asOf);
}
