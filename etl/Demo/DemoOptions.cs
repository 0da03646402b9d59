namespace Etl.Demo;

/// <summary>What the generated world depends on: nothing else does, no clock and no chance of the machine.</summary>
public sealed record DemoOptions
{
    /// <summary>Where chance comes from; the same seed gives the same bytes.</summary>
    public ulong Seed { get; init; } = 20261031;

    /// <summary>The last day of the world; nothing later has happened.</summary>
    public DateOnly Today { get; init; } = new(2026, 10, 31);

    /// <summary>Assignments start on 1 January of this year.</summary>
    public int FirstYear { get; init; } = 2019;

    /// <summary>How many dated extracts the file sources leave: the last one of <see cref="Today"/>, the others of month ends before.</summary>
    public int Extracts { get; init; } = 2;

    /// <summary>The folder of the reference files (provinces, departments, holidays).</summary>
    public string ReferenceFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "Reference");

    /// <summary>The days of the extracts, oldest first.</summary>
    public IReadOnlyList<DateOnly> ExtractDays() =>
        [.. Enumerable.Range(0, Extracts).Select(back => back == 0 ? Today : MonthEnd(back)).Reverse()];

    DateOnly MonthEnd(int monthsBack) =>
        new DateOnly(Today.Year, Today.Month, 1).AddMonths(1 - monthsBack).AddDays(-1);
}
