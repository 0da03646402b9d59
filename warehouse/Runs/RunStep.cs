namespace Warehouse.Runs;

/// <summary>One step of a run: what was done, when, how often it was tried, what it brought and how it ended.</summary>
/// <param name="RunKey">The run that it belongs to.</param>
/// <param name="StepNo">0 is the run as a whole: first with the outcome <see cref="RunOutcome.Started"/>, at its end with its exit code.</param>
/// <param name="Step">One of <see cref="RunSteps"/>.</param>
/// <param name="Outcome">One of <see cref="RunOutcome"/>.</param>
public sealed record RunStep(long RunKey, int StepNo, string Verb, string Step, string Outcome, DateTimeOffset Started, double Seconds)
{
    /// <summary>The engine of the run; the log of another engine's warehouse does not hold it.</summary>
    public string Engine { get; init; } = "";

    public string Feed { get; init; } = "";

    public string Record { get; init; } = "";

    /// <summary>Empty where the step is about the record or the feed as a whole.</summary>
    public string Part { get; init; } = "";

    /// <summary>The batch that was loaded; 0 otherwise.</summary>
    public long LoadKey { get; init; }

    /// <summary>How often its source was asked; 0 where it was not, or where there is none.</summary>
    public int Attempts { get; init; }

    /// <summary>Of a run that ended; null otherwise.</summary>
    public int? ExitCode { get; init; }

    public long Received { get; init; }

    public long Accepted { get; init; }

    public long Quarantined { get; init; }

    public long Withheld { get; init; }

    /// <summary>Why it failed or is late, as it was told to people; never a password or a token.</summary>
    public string Message { get; init; } = "";

    public DateTimeOffset Ended => Started.AddSeconds(Seconds);
}

/// <summary>What a step does.</summary>
public static class RunSteps
{
    public const string Run = "run";
    public const string Load = "load";
    public const string Replay = "replay";
    public const string Build = "build";
    public const string Check = "check";
    /// <summary>How a source stood at a publication: in time, late or absent.</summary>
    public const string Source = "source";
    public const string Publish = "publish";
}

/// <summary>How a step ended.</summary>
public static class RunOutcome
{
    /// <summary>It runs, or it was killed before it could say how it ended.</summary>
    public const string Started = "started";
    public const string Done = "done";
    public const string Failed = "failed";
    /// <summary>A check found rows and let the publication go on.</summary>
    public const string Warned = "warned";
    /// <summary>Whoever started it stopped it.</summary>
    public const string Stopped = "stopped";
    public const string Loaded = "loaded";
    /// <summary>The source answered, and everything it has was loaded before.</summary>
    public const string NothingNew = "nothing_new";
    /// <summary>Its system is down and was not asked.</summary>
    public const string LeftAlone = "left_alone";
    public const string InTime = "in_time";
    /// <summary>Its data came after the day's cut-off, or have not come.</summary>
    public const string Late = "late";
    /// <summary>It could not be read.</summary>
    public const string Absent = "absent";
}
