using Etl.Commands;
using Polly;
using Polly.Retry;

namespace Etl.Schedule;

/// <summary>
/// Does jobs one at a time, in the order in which they came due. Another program that has the home is waited for; a job
/// that fails is told and done with: the next firing is its next try.
/// </summary>
public sealed class JobQueue(ScheduleState state, SchedulePlan plan, Shown shown, TimeProvider time) : IDisposable
{
    const int LockAttempts = 180;

    /// <summary>What is due at the same moment reaches the queue in no order; publication lines up behind it.</summary>
    static readonly TimeSpan Behind = TimeSpan.FromSeconds(1);

    readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Whoever has the home is mostly done within minutes; a quarter of an hour is waited.</summary>
    readonly ResiliencePipeline<int> untilFree = new ResiliencePipelineBuilder<int> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<int>
    {
        MaxRetryAttempts = LockAttempts,
        BackoffType = DelayBackoffType.Constant,
        Delay = TimeSpan.FromSeconds(5),
        ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is HomeLockedException),
        OnRetry = attempt =>
        {
            if (attempt.AttemptNumber == 0) shown.Complain($"{attempt.Outcome.Exception!.Message}; waiting");
            return ValueTask.CompletedTask;
        },
    }).Build();

    /// <returns>The job's exit code.</returns>
    /// <exception cref="OperationCanceledException">The schedule was stopped; the firing counts as not done, and is missed at the next start.</exception>
    public async Task<int> DoAsync(ScheduledJob job, DateTimeOffset scheduledFor, CancellationToken stop)
    {
        if (job.Name == ScheduledJob.Publication) await Task.Delay(Behind, time, stop);
        await turn.WaitAsync(stop);
        try
        {
            var start = time.GetTimestamp();
            shown.Say($"{plan.Shown(time.GetUtcNow())} {job.Name}: starts (due {plan.Shown(scheduledFor)})");
            var code = await TryAsync(job, stop);
            state.Fired(job.Name, scheduledFor);
            shown.Say(FormattableString.Invariant($"{plan.Shown(time.GetUtcNow())} {job.Name}: exit {code} in {time.GetElapsedTime(start).TotalSeconds:0.0} s; next {plan.Shown(job.Plan.After(time.GetUtcNow()))}"));
            return code;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    async Task<int> TryAsync(ScheduledJob job, CancellationToken stop)
    {
        try
        {
            return await untilFree.ExecuteAsync(async token => await job.Run(token), stop);
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            var (code, message) = Failure.Of(error);
            shown.Complain($"{job.Name}: {message}");
            return code;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // What a stopped engine throws is its own; it means the same.
            throw new OperationCanceledException(error.Message, error, stop);
        }
    }
}
