using Warehouse.Risk;

namespace Warehouse.Measures;

/// <summary>Tasks by what was predicted of them, dearest first.</summary>
/// <param name="PredictedFor">The prediction is of the end of this day.</param>
/// <param name="Bands">Of all tasks asked for, not only of those listed; a band without a task has no row.</param>
public sealed record RiskList(DateOnly PredictedFor, IReadOnlyList<RiskBandCount> Bands, IReadOnlyList<RiskyTask> Tasks);

/// <summary>How many tasks fell into a band.</summary>
public sealed class RiskBandCount
{
    public string Band { get; set; } = "";
    public long Tasks { get; set; }

    /// <summary>Their probabilities added: how many of them will be late.</summary>
    public double ExpectedLate { get; set; }
}

/// <summary>An open task and what was predicted of it, under the units of the view.</summary>
public sealed class RiskyTask : StoredRisk, INamedTask
{
    public long TaskKey { get; set; }
    public string Feed { get; set; } = "";
    public string Code { get; set; } = "";
    public string? Title { get; set; }
    public string? Province { get; set; }
    public string? Agency { get; set; }

    /// <summary>Probability times what missing the deadline costs; what the list is ordered by.</summary>
    public double Cost { get; set; }
}
