using Etl.Sources;
using Polly;
using Polly.Retry;

namespace Etl.Load;

/// <summary>The clock of a load, how it waits between attempts, and which systems it leaves alone.</summary>
/// <param name="Pause">Before the second attempt; doubled before each further one.</param>
public sealed record LoadTimes(TimeProvider Time, Circuits Circuits, TimeSpan Pause)
{
    public static LoadTimes Usual(TimeProvider time) => new(time, new Circuits(time), TimeSpan.FromSeconds(2));

    /// <summary>Tries again, a few times and ever later, where a source failed in a way that may pass.</summary>
    internal ResiliencePipeline Retrying(int attempts) => attempts == 1 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = Time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = Pause,
            MaxDelay = TimeSpan.FromMinutes(1),
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is SourceException { MayPass: true }),
        }).Build();
}
