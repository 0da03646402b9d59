using System.Globalization;
using Etl.Commands;
using Etl.Sources;
using Polly;
using Polly.Retry;

namespace Etl.Load;

/// <summary>The clock of a load, how it waits between attempts, which systems it leaves alone, and which it asks ahead.</summary>
/// <param name="Pause">Before the second attempt; doubled before each further one.</param>
/// <param name="FeedsAhead">How many feeds are asked ahead of the one that is being loaded, where other systems answer.</param>
public sealed record LoadTimes(TimeProvider Time, Circuits Circuits, TimeSpan Pause, int FeedsAhead)
{
    const int UsuallyAhead = 8, MostAhead = 100;

    /// <exception cref="WrongUseException">The environment's number of feeds is none.</exception>
    public static LoadTimes Usual(TimeProvider time) => new(time, new Circuits(time), TimeSpan.FromSeconds(2), FeedsAheadOf(Environment.GetEnvironmentVariable("ANALYTICS_AHEAD")));

    static int FeedsAheadOf(string? setting) => setting is null or "" ? UsuallyAhead
        : int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostAhead ? count
        : throw new WrongUseException($"ANALYTICS_AHEAD is '{setting}'; it is a whole number from 0 to {MostAhead}");

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
