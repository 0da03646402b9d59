using Quartz;

namespace Etl.Schedule;

/// <summary>
/// Fires jobs at their times until it is stopped: Quartz, one trigger per job. What was missed while no scheduler ran is
/// told from the home's state and treated as a misfire like any other; Quartz, whose store is in memory, knows of none.
/// </summary>
public sealed class Scheduler(IReadOnlyList<ScheduledJob> jobs, ScheduleState state, JobQueue queue, TimeProvider time)
{
    /// <summary>A firing that is later than this was missed.</summary>
    static readonly TimeSpan Threshold = TimeSpan.FromMinutes(1);

    /// <summary>Returns when the schedule was stopped and the job at work has ended.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var factory = QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.UseTimeProvider(time).UseInMemoryStore(store => store.MisfireThreshold = Threshold);
            // Jobs that wait for their turn hold a thread of Quartz's each, so that none is late for want of one.
            quartz.UseDefaultThreadPool(jobs.Count);
            foreach (var job in jobs) Add(quartz, job, stop);
        }).Build();
        var scheduler = await factory.GetScheduler(CancellationToken.None);
        var now = time.GetUtcNow();
        await scheduler.Start(CancellationToken.None);
        var missed = jobs.Where(job => job.Plan.Misfire == Misfire.Once && state.SinceOf(job.Name) is { } since && job.Plan.IsDue(since, now)).Select(job => FireAsync(job, now, stop)).ToList();
        var stopped = new TaskCompletionSource();
        await using (stop.Register(stopped.SetResult)) await stopped.Task;
        await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        await Task.WhenAll(missed);
    }

    void Add(IQuartzBuilder quartz, ScheduledJob job, CancellationToken stop) => quartz.ScheduleJob(
        job.Name, (IJobExecutionContext context) => FireAsync(job, context.ScheduledFireTimeUtc ?? context.FireTimeUtc, stop),
        trigger => trigger
            .WithOverlapPolicy(OverlapPolicy.BufferOne)
            .WithSchedule(CronScheduleBuilder.Create(job.Plan.Times)
                .WithMisfireInstruction(job.Plan.Misfire == Misfire.Once ? CronTriggerMisfireInstruction.FireAndProceed : CronTriggerMisfireInstruction.DoNothing)));

    async Task FireAsync(ScheduledJob job, DateTimeOffset scheduledFor, CancellationToken stop)
    {
        try
        {
            await queue.DoAsync(job, scheduledFor, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It is done again after the next start.
        }
    }
}
