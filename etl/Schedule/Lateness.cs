using Warehouse.Runs;

namespace Etl.Schedule;

/// <summary>How a source stands: in time, late against the day's cut-off, or absent.</summary>
/// <param name="Outcome"><see cref="RunOutcome.InTime"/>, <see cref="RunOutcome.Late"/> or <see cref="RunOutcome.Absent"/>.</param>
/// <param name="Reason">In words; empty where it is in time.</param>
public sealed record Standing(string Feed, string Outcome, string Reason)
{
    /// <summary>The newest cut-off that it was judged by, in the schedule's time zone: <c>2026-04-27 16:00</c>; empty where it has none.</summary>
    public string CutOff { get; init; } = "";

    public bool IsLate => Outcome != RunOutcome.InTime;
}

/// <summary>
/// Tells which sources are late. A source is absent when its last load failed or was left out because its system is down.
/// It is late when, on the newest day with a firing and a cut-off that has passed, its data came after the cut-off or not
/// at all; cut-offs before its first load are not judged. Files have come when one was loaded; a system that answers questions has come when it answered.
/// </summary>
public static class Lateness
{
    /// <param name="steps">Of all runs, oldest first.</param>
    /// <param name="plan">Null where the home has no schedule: then nothing has a cut-off.</param>
    /// <param name="readsWindows">Whether a feed's source answers questions.</param>
    public static Standing Of(string feed, IReadOnlyList<RunStep> steps, SchedulePlan? plan, DateTimeOffset now, bool readsWindows)
    {
        var loads = steps.Where(step => step.Step == RunSteps.Load && step.Feed == feed).ToList();
        if (loads.Count == 0) return new(feed, RunOutcome.InTime, "");
        var ofLastRun = loads.Where(step => step.RunKey == loads[^1].RunKey).ToList();
        if (ofLastRun.FirstOrDefault(step => step.Outcome is RunOutcome.Failed or RunOutcome.LeftAlone) is { } failed) return new(feed, RunOutcome.Absent, failed.Message);
        if (plan?.Of(feed) is not { CutOff: { } cutOff } job || Deadline(job, plan.Zone, cutOff, now) is not { } deadline) return new(feed, RunOutcome.InTime, "");
        // Nobody waited for it before it was first loaded.
        if (deadline < loads[0].Started) return new(feed, RunOutcome.InTime, "");
        var local = TimeZoneInfo.ConvertTime(deadline, plan.Zone);
        var judgedBy = FormattableString.Invariant($"{local:yyyy-MM-dd HH:mm}");
        var dayStart = deadline - local.TimeOfDay;
        var came = loads.FirstOrDefault(step => step.Ended >= dayStart && (step.Outcome == RunOutcome.Loaded || (readsWindows && step.Outcome == RunOutcome.NothingNew)));
        if (came is not null && came.Ended <= deadline) return new(feed, RunOutcome.InTime, "") { CutOff = judgedBy };
        return new(feed, RunOutcome.Late, came is null
            ? FormattableString.Invariant($"nothing came on {local:yyyy-MM-dd}; the cut-off was {cutOff:HH\\:mm}")
            : FormattableString.Invariant($"came at {TimeZoneInfo.ConvertTime(came.Ended, plan.Zone):yyyy-MM-dd HH:mm}; the cut-off was {judgedBy}")) { CutOff = judgedBy };
    }

    /// <summary>The newest cut-off that has passed, of the days on which the job fires; null where there is none within a year.</summary>
    static DateTimeOffset? Deadline(JobPlan job, TimeZoneInfo zone, TimeOnly cutOff, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        for (var back = 0; back <= 366; back++)
        {
            var day = today.AddDays(-back);
            var start = At(day, TimeOnly.MinValue, zone);
            if (At(day, cutOff, zone) is var deadline && deadline <= now && job.After(start.AddSeconds(-1)) < At(day.AddDays(1), TimeOnly.MinValue, zone)) return deadline;
        }
        return null;
    }

    static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        return new(local, zone.GetUtcOffset(local));
    }
}
