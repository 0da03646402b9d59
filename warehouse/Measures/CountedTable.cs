namespace Warehouse.Measures;

/// <summary>
/// Counts made in advance: the rows of the measures' own table, alike ones put together and most of their days moved to the end
/// of their month. Gives the same answers where it knows everything that a request names: of a month end and of the days that it
/// knows by itself, of others with what the measures' own table says changed since the month end before.
/// </summary>
/// <param name="Exact">SELECT of the days that are not moved, as <see cref="ExactDays"/>.</param>
/// <param name="Rows">Column that says how many rows of the measures' table one row stands for.</param>
/// <param name="Begun">Condition on rows of the measures' table that stand on the day and did not at the month end.</param>
/// <param name="Ended">Condition on those that stood at the month end and do not on the day.</param>
/// <param name="Turned">Condition on those that stand on both and may count as something else.</param>
/// <param name="Standing">Condition on its rows that stand on any of several days.</param>
/// <param name="Dimensions">What it can be split and filtered by.</param>
/// <param name="Columns">Of the columns of the measures' table, those that measures may count by.</param>
/// <param name="Days">Columns of days, of these and of those that say when a row stands.</param>
/// <param name="OfOpen">Columns that it has of open tasks only.</param>
public sealed record CountedTable(string Table, string Exact, string Rows, string Begun, string Ended, string Turned, string Standing, IReadOnlyList<string> Dimensions, IReadOnlyList<string> Columns, IReadOnlyList<string> Days, IReadOnlyList<string> OfOpen)
{
    /// <summary>True where this table answers the request, for what it knows, as the measures' table would.</summary>
    public bool Answers(MeasureRequest request, DateOnly asOf) => request.IsAnsweredByMonth(Dimensions, asOf);

    /// <summary>True where it has what a measure counts by.</summary>
    public bool Knows(Measure term) =>
        term.Kind == MeasureKind.Count && term.CountsByNothingBut(term.IsOfOpenTasks ? Columns : [.. Columns.Except(OfOpen)]);
}

/// <summary>The days that counts made in advance know as such: those since <see cref="From"/>, and some a year before.</summary>
public sealed record ExactDays
{
    public DateOnly From { get; init; }
    public DateOnly YearAgoFrom { get; init; }
    public DateOnly YearAgoTo { get; init; }

    /// <summary>The last day up to a day whose counts are known: itself, or the end of a month.</summary>
    public DateOnly CountedDay(DateOnly asOf)
    {
        if (asOf >= From || (asOf >= YearAgoFrom && asOf <= YearAgoTo)) return asOf;
        return CountedMonths.Open(asOf).AddDays(-1);
    }
}
