namespace Warehouse.Reference;

/// <summary>A named stretch of days, both ends included.</summary>
/// <param name="Scheme"><c>calendar</c> (statistics) or <c>reporting</c> (15th to 14th, the Government's reporting rule).</param>
/// <param name="Grain"><c>month</c>, <c>quarter</c>, <c>half</c> or <c>year</c>.</param>
/// <param name="Label">For example <c>2025-03</c>, <c>2025-Q1</c>, <c>2025-H1</c>, <c>2025</c>.</param>
public sealed record Period(string Scheme, string Grain, string Label, DateOnly Start, DateOnly End);

/// <summary>
/// The two period schemes in use. Reporting months run from the 15th of the month before to the 14th, quarters, half
/// years and years accordingly (from 15 December): the Government's periodic reporting rule as repeated in Circular 09.
/// </summary>
public static class Periods
{
    public const string Calendar = "calendar";
    public const string Reporting = "reporting";

    /// <summary>All periods of both schemes whose year lies between the two years.</summary>
    public static IEnumerable<Period> Between(int firstYear, int lastYear)
    {
        for (var year = firstYear; year <= lastYear; year++)
            foreach (var scheme in (string[])[Calendar, Reporting])
                foreach (var (grain, months) in ((string, int)[])[("month", 1), ("quarter", 3), ("half", 6), ("year", 12)])
                    for (var ordinal = 1; ordinal <= 12 / months; ordinal++)
                        yield return Of(scheme, grain, year, ordinal, months);
    }

    /// <summary>The label of the reporting month, quarter and year that a day belongs to.</summary>
    public static (string Month, string Quarter, string Year) ReportingLabels(DateOnly day)
    {
        var month = day.Day >= 15 ? new DateOnly(day.Year, day.Month, 1).AddMonths(1) : new DateOnly(day.Year, day.Month, 1);
        return (Label("month", month.Year, month.Month), Label("quarter", month.Year, (month.Month + 2) / 3), Label("year", month.Year, 1));
    }

    static Period Of(string scheme, string grain, int year, int ordinal, int months)
    {
        var start = new DateOnly(year, (ordinal - 1) * months + 1, 1);
        var end = start.AddMonths(months).AddDays(-1);
        return scheme == Calendar
            ? new(scheme, grain, Label(grain, year, ordinal), start, end)
            : new(scheme, grain, Label(grain, year, ordinal), start.AddMonths(-1).AddDays(14), new DateOnly(end.Year, end.Month, 14));
    }

    static string Label(string grain, int year, int ordinal) => grain switch
    {
        "month" => $"{year:0000}-{ordinal:00}",
        "quarter" => $"{year:0000}-Q{ordinal}",
        "half" => $"{year:0000}-H{ordinal}",
        _ => $"{year:0000}",
    };
}
