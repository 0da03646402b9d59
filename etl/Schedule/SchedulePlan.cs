using Quartz;

namespace Etl.Schedule;

/// <summary>What becomes of a firing that was missed while the scheduler did not run or the job was still at work.</summary>
public enum Misfire
{
    /// <summary>However many were missed, the job runs once as soon as it can.</summary>
    Once,
    /// <summary>The job waits for its next time.</summary>
    Skip,
}

/// <summary>When one job runs.</summary>
/// <param name="Cron">As it stands in the file.</param>
/// <param name="Times">The same, understood.</param>
/// <param name="CutOff">Time of day by which a feed's data should have come; null where none is set.</param>
public sealed record JobPlan(string Cron, CronExpression Times, Misfire Misfire, TimeOnly? CutOff)
{
    /// <summary>The first firing after an instant; null where none is left.</summary>
    public DateTimeOffset? After(DateTimeOffset instant) => Times.GetNextValidTimeAfter(instant);

    /// <summary>True where a firing came due after an instant and up to another.</summary>
    public bool IsDue(DateTimeOffset since, DateTimeOffset now) => After(since) <= now;
}

/// <summary>When feeds are loaded and what was loaded is published.</summary>
/// <param name="Audit">When all rows are checked, also those that no load touched; null where nobody asks for it.</param>
/// <param name="Defaults">Of feeds that are not named; null where only named ones are loaded.</param>
/// <param name="Path">The file, for messages.</param>
public sealed record SchedulePlan(TimeZoneInfo Zone, JobPlan Publish, JobPlan? Audit, JobPlan? Defaults, IReadOnlyDictionary<string, JobPlan> Feeds, string Path)
{
    /// <summary>Null where the feed is not loaded by the schedule.</summary>
    public JobPlan? Of(string feed) => Feeds.GetValueOrDefault(feed) ?? Defaults;

    /// <summary>An instant as people there write it.</summary>
    public string Shown(DateTimeOffset? instant) =>
        instant is { } at ? TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) : "–";
}
