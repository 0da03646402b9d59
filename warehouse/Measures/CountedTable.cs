namespace Warehouse.Measures;

/// <summary>
/// Counts made in advance: the rows of the measures' own table, alike ones put together and their days moved to the end of
/// their month. Gives the same answers where it knows everything that a request names: of a month end by itself, of other days
/// with what the measures' own table says changed since the month end before.
/// </summary>
/// <param name="Table">Has the columns of the measures' table but those in <paramref name="Without"/>.</param>
/// <param name="Rows">Column that says how many rows of the measures' table one row stands for.</param>
/// <param name="Begun">Condition on rows of the measures' table that stand on the day and did not at the month end.</param>
/// <param name="Ended">Condition on those that stood at the month end and do not on the day.</param>
/// <param name="Turned">Condition on those that stand on both and may count as something else.</param>
/// <param name="Dimensions">What it can be split and filtered by.</param>
/// <param name="Without">Columns of the measures' table that it lacks.</param>
public sealed record CountedTable(string Table, string Rows, string Begun, string Ended, string Turned, IReadOnlyList<string> Dimensions, IReadOnlyList<string> Without)
{
    /// <summary>True where this table answers the request as the measures' table would.</summary>
    /// <param name="conditions">Of the counts that are asked for.</param>
    public bool Answers(MeasureRequest request, DateOnly asOf, IEnumerable<string> conditions) =>
        request.By.Concat(request.Where.Select(condition => condition.Dimension)).All(Dimensions.Contains)
        && !conditions.Any(condition => Without.Any(column => condition.Contains(column, StringComparison.Ordinal)))
        && IsOfWholeMonths(request, asOf);

    /// <summary>The last month end up to a day.</summary>
    public static DateOnly CountedDay(DateOnly asOf)
    {
        var next = asOf.AddDays(1);
        return new DateOnly(next.Year, next.Month, 1).AddDays(-1);
    }

    /// <summary>Rows know the month of assignment only. No task that counts on a day was assigned after it, so a window may end there.</summary>
    static bool IsOfWholeMonths(MeasureRequest request, DateOnly asOf) =>
        request.From is null or { Day: 1 } && (request.To is null || request.To.Value.AddDays(1).Day == 1 || request.To >= asOf);
}
