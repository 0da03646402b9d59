using Etl.Commands;
using Etl.Schedule;
using Warehouse.Engines;
using Warehouse.Runs;

namespace Etl.Runs;

/// <summary>One feed as <c>status</c> shows it: what was published of it, how its last load went, when its next one is.</summary>
sealed class SourceStatus
{
    public string Feed { get; set; } = "";
    public string Scope { get; set; } = "";
    public string Kind { get; set; } = "";
    public DateOnly? NewestExtract { get; set; }
    public long Loads { get; set; }
    public long Received { get; set; }
    public long Accepted { get; set; }
    public long Quarantined { get; set; }
    public long Withheld { get; set; }
    public short IsGenerated { get; set; }

    static readonly string[] Names =
    [
        "feed", "scope", "newest_extract", "loads", "received", "accepted", "rejected", "withheld", "is_generated",
        "last_run", "last_outcome", "last_rows", "last_rejected", "last_seconds", "last_attempts", "next_run", "standing", "why",
    ];

    /// <summary>The columns of the table for people: what was published and how the last load went are two tables, or no screen would be wide enough.</summary>
    static readonly int[] Published = [0, 1, 2, 3, 4, 5, 6, 7, 8], Runs = [0, 9, 10, 11, 12, 13, 14, 15, 16, 17];

    public static void Write(IReadOnlyList<object?[]> rows, string format, TextWriter to)
    {
        if (format != "table")
        {
            Output.Write(Names, [.. rows], format, to);
            return;
        }
        foreach (var columns in (int[][])[Published, Runs])
            Output.Write([.. columns.Select(column => Names[column])], [.. rows.Select(row => columns.Select(column => row[column]).ToArray())], format, to);
    }

    /// <summary>A row per feed that was published or tried.</summary>
    public static async Task<IReadOnlyList<object?[]>> ReadAsync(Home home, Session? session, IReadOnlyList<RunStep> steps, TimeProvider time, CancellationToken cancel)
    {
        var feeds = session is null ? [] : (await session.ReadAsync<SourceStatus>(Sql, cancel: cancel)).ToList();
        foreach (var tried in steps.Where(step => step.Feed.Length > 0).Select(step => step.Feed).Distinct().Except(feeds.Select(feed => feed.Feed)).ToList()) feeds.Add(new() { Feed = tried });
        var plan = new Standings(home, time).Plan();
        var state = ScheduleState.Read(home);
        return [.. feeds.OrderBy(feed => feed.Feed, StringComparer.Ordinal).Select(feed => feed.Row(steps, plan, state, time.GetUtcNow()))];
    }

    object?[] Row(IReadOnlyList<RunStep> steps, SchedulePlan? plan, ScheduleState state, DateTimeOffset now)
    {
        var loads = steps.Where(step => step.Step == RunSteps.Load && step.Feed == Feed).ToList();
        var last = loads.Where(step => step.RunKey == loads[^1].RunKey).ToList();
        var standing = Lateness.Of(Feed, steps, plan, now, Kind is "rest" or "sql");
        string? Shown(DateTimeOffset? at) => at is null || plan is null ? null : plan.Shown(at);
        return
        [
            Feed, Scope, NewestExtract, Loads, Received, Accepted, Quarantined, Withheld, IsGenerated,
            Shown(last.Count == 0 ? null : last[0].Started), last.Count == 0 ? null : OutcomeOf(last), Sum(step => step.Received), Sum(step => step.Quarantined),
            last.Count == 0 ? null : Math.Round(last.Sum(step => step.Seconds), 1), last.Count == 0 ? null : last.Max(step => step.Attempts),
            state.SinceOf(ScheduledJob.OfFeed(Feed)) is null ? null : Shown(plan?.Of(Feed)?.After(now)), standing.Outcome, standing.Reason,
        ];

        // What was read of a part that failed was not kept.
        long? Sum(Func<RunStep, long> count) => last.Count == 0 ? null : last.Where(step => step.Outcome == RunOutcome.Loaded).Sum(count);
    }

    static string OutcomeOf(IReadOnlyList<RunStep> steps) =>
        ((string[])[RunOutcome.Failed, RunOutcome.LeftAlone, RunOutcome.Loaded]).FirstOrDefault(outcome => steps.Any(step => step.Outcome == outcome)) ?? RunOutcome.NothingNew;

    const string Sql = """
        select source.feed_code as Feed, source.scope_code as Scope, source.kind_code as Kind, max(batch.extract_date) as NewestExtract, count(batch.load_key) as Loads,
            cast(coalesce(sum(batch.received_count), 0) as bigint) as Received, cast(coalesce(sum(batch.accepted_count), 0) as bigint) as Accepted,
            cast(coalesce(sum(batch.quarantined_count), 0) as bigint) as Quarantined, cast(coalesce(sum(batch.withheld_count), 0) as bigint) as Withheld,
            max(source.is_generated) as IsGenerated
        from raw.source
        left join raw.batch on source.source_key = batch.source_key
        group by source.feed_code, source.scope_code, source.kind_code
        """;
}
