namespace Warehouse.Measures;

/// <summary>
/// What happened, counted in advance by month: the rows of a fact, alike ones put together. Gives the same answers for the months
/// that are over on the day asked for, where it knows everything that a request names.
/// </summary>
/// <param name="Rows">Column that says how many rows of the fact one row stands for.</param>
/// <param name="Month">Column of the first day of the month.</param>
/// <param name="Dimensions">What it can be split and filtered by.</param>
/// <param name="Columns">Of the fact's columns, those that measures may count by.</param>
public sealed record CountedMonths(string Table, string Rows, string Month, IReadOnlyList<string> Dimensions, IReadOnlyList<string> Columns)
{
    /// <summary>True where this table answers the request, for what it knows, as the fact would.</summary>
    public bool Answers(MeasureRequest request, DateOnly asOf) => request.IsAnsweredByMonth(Dimensions, asOf);

    /// <summary>True where it has what a measure counts by.</summary>
    public bool Knows(Measure term) =>
        term.Kind == MeasureKind.Count && term.CountsByNothingBut(Columns);

    /// <summary>The first day of the month that is not over at the end of a day.</summary>
    public static DateOnly Open(DateOnly asOf)
    {
        var next = asOf.AddDays(1);
        return new(next.Year, next.Month, 1);
    }
}
