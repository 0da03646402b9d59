using System.CommandLine;
using Etl.Demo;
using Etl.Feeds;
using Etl.Load;
using Etl.Schedule;

namespace Etl.Commands;

/// <summary>The verb <c>schedule</c>: loads each feed and publishes at the times that a file says, until it is stopped.</summary>
static class ScheduleCommand
{
    public static Command Create(Shown shown, TimeProvider time)
    {
        var file = new Option<string?>("--schedule") { Description = "The schedule's YAML file (default: schedule.yml in the home, else the one that ships)" };
        var list = new Option<bool>("--list") { Description = "Only show what runs when, and what is due" };
        var once = new Option<bool>("--once") { Description = "Do what is due now, one after the other, and end" };
        var command = new Command("schedule", "Load each feed and publish at the times that a file says, until it is stopped") { file, list, once, Options.Feeds, Options.Format, Options.Home, Options.Engine };
        command.SetAction(async (parsed, cancel) =>
        {
            var home = Options.HomeOf(parsed);
            var feeds = FeedFolder.Read(parsed.GetValue(Options.Feeds) ?? FeedFolder.Shipped);
            var plan = ScheduleFile.Read(ScheduleFile.PathFor(home, parsed.GetValue(file)), [.. feeds.Select(feed => feed.Name)]);
            var state = ScheduleState.Read(home);
            var jobs = Jobs(home, feeds, plan, shown, time);
            if (parsed.GetValue(list)) return List(jobs, plan, state, parsed.GetValue(Options.Format)!, time);
            await using var demo = await DemoHome.StartApiAsync(home, cancel);
            Directory.CreateDirectory(home.Folder);
            using var queue = new JobQueue(state, plan, shown, time);
            if (parsed.GetValue(once)) return await OnceAsync(jobs, parsed.GetValue(file), state, queue, shown, time, cancel);
            state.Start(parsed.GetValue(file), jobs.Select(job => job.Name), time.GetUtcNow());
            shown.Say($"schedule {plan.Path}: {jobs.Count} jobs, times of {plan.Zone.Id}");
            foreach (var job in jobs) shown.Say($"  {job.Name}: next {plan.Shown(job.Plan.After(time.GetUtcNow()))}");
            await new Scheduler(jobs, state, queue, time).RunAsync(cancel);
            shown.Say("schedule stopped; the last published state stands");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>One job per feed that the schedule loads, in the feeds' order, the publication after them, and the audit of all rows.</summary>
    static List<ScheduledJob> Jobs(Home home, IReadOnlyList<Feed> feeds, SchedulePlan plan, Shown shown, TimeProvider time)
    {
        // One for all firings: a system that is down stays left alone until its rest is over.
        var times = LoadTimes.Usual(time);
        var loads = feeds.Where(feed => plan.Of(feed.Name) is not null).Select(feed => new ScheduledJob(ScheduledJob.OfFeed(feed.Name), plan.Of(feed.Name)!, stop =>
            RunCommands.InWorkspaceAsync(home, "schedule load", time, (workspace, log) => new Steps(home, shown, time, log, times).LoadAsync(workspace, [feed], stop), stop)));
        var publication = new ScheduledJob(ScheduledJob.Publication, plan.Publish, stop => PublishAsync("schedule publish", full: false, stop));
        var audits = plan.Audit is { } nightly ? [new ScheduledJob(ScheduledJob.Audit, nightly, stop => PublishAsync("schedule audit", full: true, stop))] : Array.Empty<ScheduledJob>();
        return [.. loads, publication, .. audits];

        Task<int> PublishAsync(string verb, bool full, CancellationToken stop) => RunCommands.InWorkspaceAsync(home, verb, time, async (workspace, log) =>
        {
            var steps = new Steps(home, shown, time, log);
            await steps.BuildAsync(workspace, whole: false, stop);
            return await steps.CheckAsync(workspace, full, stop);
        }, stop);
    }

    /// <summary>Whoever has a timer of his own starts this at each tick. What was never done is due.</summary>
    static async Task<int> OnceAsync(IReadOnlyList<ScheduledJob> jobs, string? file, ScheduleState state, JobQueue queue, Shown shown, TimeProvider time, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var due = jobs.Where(job => IsDue(job, state, now)).ToList();
        state.Start(file, jobs.Select(job => job.Name), now);
        if (due.Count == 0) shown.Say("nothing is due");
        var worst = ExitCode.Done;
        foreach (var job in due) worst = ExitCode.Worse(worst, await queue.DoAsync(job, now, cancel));
        return worst;
    }

    static int List(IReadOnlyList<ScheduledJob> jobs, SchedulePlan plan, ScheduleState state, string format, TimeProvider time)
    {
        var now = time.GetUtcNow();
        Output.Write(["job", "cron", "time_zone", "misfire", "cut_off", "last", "next", "due"], [.. jobs.Select(job => new object?[]
        {
            job.Name, job.Plan.Cron, plan.Zone.Id, job.Plan.Misfire == Misfire.Once ? "once" : "skip", job.Plan.CutOff is { } cutOff ? FormattableString.Invariant($"{cutOff:HH\\:mm}") : null,
            state.FiredOf(job.Name) is { } fired ? plan.Shown(fired) : null, plan.Shown(job.Plan.After(now)), IsDue(job, state, now) ? "yes" : "no",
        })], format, Console.Out);
        return ExitCode.Done;
    }

    static bool IsDue(ScheduledJob job, ScheduleState state, DateTimeOffset now) => state.FiredOf(job.Name) is not { } fired || job.Plan.IsDue(fired, now);
}
