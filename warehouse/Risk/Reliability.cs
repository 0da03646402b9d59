namespace Warehouse.Risk;

/// <summary>What was predicted of tasks and what came true of them, added up.</summary>
/// <param name="Tasks">Predictions whose deadline has passed; those of tasks that were overdue already are not counted.</param>
/// <param name="PredictedLate">Their probabilities added.</param>
/// <param name="Variance">What the observed number would vary by if every probability were right.</param>
/// <param name="Intervals">Predictions whose 90 % interval can be judged.</param>
/// <param name="Top">The tenth of each agency's tasks that were given the most.</param>
public sealed record Reliability(long Tasks, double PredictedLate, long ObservedLate, double Variance, long Intervals, long Covered, long Top = 0, long TopLate = 0)
{
    /// <summary>With fewer outcomes nothing is judged.</summary>
    public const int FewestToJudge = 30;

    /// <summary>Standard errors that chance explains, 99 times in 100.</summary>
    const double Limit = 2.576;

    /// <summary>A smaller share off is no drift, whatever chance would explain: tasks of one agency are late together.</summary>
    const double Tolerance = 0.05;

    /// <summary>Where the 90 % interval should cover at least.</summary>
    const double LeastCoverage = 0.87;

    public static readonly Reliability Nothing = new(0, 0, 0, 0, 0, 0);

    public static Reliability operator +(Reliability one, Reliability other) => new(
        one.Tasks + other.Tasks, one.PredictedLate + other.PredictedLate, one.ObservedLate + other.ObservedLate, one.Variance + other.Variance,
        one.Intervals + other.Intervals, one.Covered + other.Covered, one.Top + other.Top, one.TopLate + other.TopLate);

    /// <summary>Fallen outside of what chance explains: the model has drifted. Null where too little has come true to be judged.</summary>
    public bool? HasDrifted => Tasks < FewestToJudge ? null : Math.Abs(ObservedLate - PredictedLate) > Math.Max(Limit * Math.Sqrt(Variance), Tolerance * Tasks);

    /// <summary>The intervals of the finish cover less than they promise, by more than chance explains. Null where too few can be judged.</summary>
    public bool? IsTooNarrow => Intervals < FewestToJudge ? null : Covered < Intervals * LeastCoverage - Limit * Math.Sqrt(Intervals * LeastCoverage * (1 - LeastCoverage));
}
