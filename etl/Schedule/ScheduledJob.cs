namespace Etl.Schedule;

/// <summary>What the schedule does at a time: loads a feed, publishes, or checks all rows.</summary>
/// <param name="Name">Unique, and kept in the home's state: "feed da-nang", "publication", "audit".</param>
/// <param name="Run">Does it once and gives the exit code that the verb of the same work would have.</param>
public sealed record ScheduledJob(string Name, JobPlan Plan, Func<CancellationToken, Task<int>> Run)
{
    public const string Publication = "publication";

    public const string Audit = "audit";

    public static string OfFeed(string feed) => $"feed {feed}";
}
