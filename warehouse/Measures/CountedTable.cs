namespace Warehouse.Measures;

/// <summary>
/// Counts made in advance: the rows of the measures' own table, alike ones put together, and their days of earlier quarters moved
/// to the end of their month. Gives the same answers where it knows everything that a request names: of such a month end and of
/// every later day by itself, of other days with what the measures' own table says changed since the month end before.
/// </summary>
/// <param name="Table">Has the columns of the measures' table but those in <paramref name="Without"/>.</param>
/// <param name="ExactFrom">SELECT of the first day that it knows as such.</param>
/// <param name="Rows">Column that says how many rows of the measures' table one row stands for.</param>
/// <param name="Begun">Condition on rows of the measures' table that stand on the day and did not at the month end.</param>
/// <param name="Ended">Condition on those that stood at the month end and do not on the day.</param>
/// <param name="Turned">Condition on those that stand on both and may count as something else.</param>
/// <param name="Dimensions">What it can be split and filtered by.</param>
/// <param name="Without">Columns of the measures' table that it lacks.</param>
public sealed record CountedTable(string Table, string ExactFrom, string Rows, string Begun, string Ended, string Turned, IReadOnlyList<string> Dimensions, IReadOnlyList<string> Without)
{
    /// <summary>True where this table answers the request, for what it knows, as the measures' table would.</summary>
    public bool Answers(MeasureRequest request, DateOnly asOf) =>
        request.By.Concat(request.Where.Select(condition => condition.Dimension)).All(Dimensions.Contains) && IsOfWholeMonths(request, asOf);

    /// <summary>True where it has what a measure counts by.</summary>
    public bool Knows(Measure term) =>
        term.Kind == MeasureKind.Count && !Without.Any(column => term.Condition.Contains(column, StringComparison.Ordinal));

    /// <summary>The last day up to a day of which this table knows the counts: itself, or a month end.</summary>
    /// <param name="exactFrom">From then on every day is known.</param>
    public static DateOnly CountedDay(DateOnly asOf, DateOnly exactFrom)
    {
        if (asOf >= exactFrom) return asOf;
        var next = asOf.AddDays(1);
        return new DateOnly(next.Year, next.Month, 1).AddDays(-1);
    }

    /// <summary>Rows know the month of assignment only. No task that counts on a day was assigned after it, so a window may end there.</summary>
    static bool IsOfWholeMonths(MeasureRequest request, DateOnly asOf) =>
        request.From is null or { Day: 1 } && (request.To is null || request.To.Value.AddDays(1).Day == 1 || request.To >= asOf);
}
