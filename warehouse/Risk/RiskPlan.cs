namespace Warehouse.Risk;

/// <summary>Landmarks that a prediction learns from: every other week of the two years before its day, the day itself last.</summary>
/// <param name="MostRows">Rows that teach at most: a prediction is made every day.</param>
public sealed record RiskPlan(DateOnly AsOf, int Every = 14, int Weeks = 104, int MostRows = 30_000)
{
    /// <summary>The beginning of the day after: what the state at the end of the day is known by.</summary>
    public DateOnly Landmark => AsOf.AddDays(1);

    public IEnumerable<DateOnly> Training
    {
        get
        {
            for (var day = Landmark.AddDays(-7 * Weeks); day < Landmark; day = day.AddDays(Every)) yield return day;
        }
    }

    public DateOnly ChoiceFrom => Landmark.AddDays(-7 * Weeks / 5);

    /// <summary>The newer half of the window: what is learned from where the ledger shows a drift (decision 0044).</summary>
    public RiskPlan Newer() => this with { Weeks = Weeks / 2 };

    /// <summary>The first day of the window.</summary>
    public DateOnly From => Landmark.AddDays(-7 * Weeks);
}
