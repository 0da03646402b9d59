using System.Diagnostics;
using Etl.Commands;
using Etl.Schedule;
using Xunit;

namespace Tests.Scheduling;

/// <summary>The real scheduler with jobs that only count; times are real, for Quartz waits on the clock.</summary>
public sealed class SchedulerTests : IDisposable
{
    readonly DirectoryInfo home = Directory.CreateTempSubdirectory("analytics-scheduler-");
    readonly Dictionary<string, int> done = [];
    int running, together;

    SchedulePlan Plan(string feeds)
    {
        var path = Path.Combine(home.FullName, "schedule.yml");
        File.WriteAllText(path, $"publish: {{ cron: \"0 0 1 1 *\" }}\nfeeds:\n{feeds}");
        return ScheduleFile.Read(path);
    }

    ScheduleState State() => ScheduleState.Read(new(home.FullName, "duckdb", null));

    async Task RunAsync(SchedulePlan plan, ScheduleState state, Func<bool> until, TimeSpan? atMost = null)
    {
        var jobs = plan.Feeds.Select(feed => new ScheduledJob(ScheduledJob.OfFeed(feed.Key), feed.Value, stop => CountAsync(feed.Key, stop))).ToList();
        using var queue = new JobQueue(state, plan, Shown.OnConsole(), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        state.Start(null, jobs.Select(job => job.Name), TimeProvider.System.GetUtcNow());
        var scheduling = new Scheduler(jobs, state, queue, TimeProvider.System).RunAsync(stop.Token);
        for (var since = Stopwatch.GetTimestamp(); !until() && Stopwatch.GetElapsedTime(since) < (atMost ?? TimeSpan.FromSeconds(60)); await Task.Delay(20)) { }
        await stop.CancelAsync();
        await scheduling.WaitAsync(TimeSpan.FromSeconds(30));
    }

    async Task<int> CountAsync(string feed, CancellationToken stop)
    {
        together = Math.Max(together, Interlocked.Increment(ref running));
        await Task.Delay(300, stop);
        Interlocked.Decrement(ref running);
        lock (done) done[feed] = done.GetValueOrDefault(feed) + 1;
        return ExitCode.Done;
    }

    int Done(string feed)
    {
        lock (done) return done.GetValueOrDefault(feed);
    }

    [Fact]
    public async Task Jobs_that_are_due_together_are_done_one_at_a_time_and_all_of_them()
    {
        var plan = Plan("  a: { cron: \"* * * * * ?\" }\n  b: { cron: \"* * * * * ?\" }\n  c: { cron: \"*/2 * * * * ?\" }\n");

        await RunAsync(plan, State(), () => Done("a") >= 2 && Done("b") >= 2 && Done("c") >= 2);

        Assert.True(Done("a") >= 2 && Done("b") >= 2 && Done("c") >= 2);
        Assert.Equal(1, together);
    }

    [Fact]
    public async Task Firings_missed_while_nothing_ran_are_done_once_or_skipped_as_the_policy_says()
    {
        // Hourly jobs that did their last firing about three hours ago; the next one is half an hour away.
        var now = TimeProvider.System.GetUtcNow();
        var minute = (now.Minute + 30) % 60;
        var plan = Plan($"  once: {{ cron: \"{minute} * * * *\", misfire: once }}\n  skip: {{ cron: \"{minute} * * * *\", misfire: skip }}\n");
        var before = State();
        var threeHoursAgo = new DateTimeOffset(now.Date.AddHours(now.Hour - 3).AddMinutes(minute), TimeSpan.Zero);
        foreach (var feed in (string[])["once", "skip"]) before.Fired(ScheduledJob.OfFeed(feed), threeHoursAgo);

        await RunAsync(plan, State(), () => Done("once") >= 1);
        Assert.Equal((1, 0), (Done("once"), Done("skip")));

        // The firing that was made up for is kept, so another start does not repeat it.
        await RunAsync(plan, State(), () => Done("once") >= 2, TimeSpan.FromSeconds(3));
        Assert.Equal((1, 0), (Done("once"), Done("skip")));
        Assert.Equal(threeHoursAgo, State().FiredOf(ScheduledJob.OfFeed("skip")));
    }

    [Fact]
    public async Task A_job_that_is_stopped_in_the_middle_is_not_done()
    {
        var plan = Plan("  a: { cron: \"* * * * * ?\" }\n");

        await RunAsync(plan, State(), () => running == 1);

        Assert.Null(State().FiredOf(ScheduledJob.OfFeed("a")));
    }

    public void Dispose() => home.Delete(recursive: true);
}
