namespace Warehouse.Risk;

/// <summary>Landmarks that a prediction learns from: every other week of the two years before its day, the day itself last.</summary>
public sealed record RiskPlan(DateOnly AsOf, int Every = 14, int Weeks = 104)
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
}
