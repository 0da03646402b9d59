using System.Text.Json;
using System.Text.Json.Serialization;
using Etl.Commands;
using Warehouse.Keys;
using Warehouse.Runs;

namespace Etl.Runs;

/// <summary>
/// What happened in a home, one JSON line each in <c>runs.jsonl</c>, written as it happens: also of runs that failed or
/// were killed, which change nothing in the warehouse. <see cref="RunTable"/> takes it over before each publication.
/// </summary>
public sealed class RunLog
{
    static readonly JsonSerializerOptions Lines = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Lock gate = new();
    readonly Home home;
    readonly TimeProvider time;
    readonly RunStep run;
    readonly long start;
    int steps;

    RunLog(Home home, string verb, TimeProvider time)
    {
        this.home = home;
        this.time = time;
        start = time.GetTimestamp();
        var started = time.GetUtcNow();
        var key = StableKey.Of("run", home.Folder, verb, FormattableString.Invariant($"{started:O}"), FormattableString.Invariant($"{Environment.ProcessId}"));
        run = new(key, 0, verb, RunSteps.Run, RunOutcome.Started, started, 0) { Engine = home.EngineName };
        Append(run, afterBrokenLine: true);
    }

    /// <summary>Notes that a run began. Its home must be held.</summary>
    public static RunLog Begin(Home home, string verb, TimeProvider time) => new(home, verb, time);

    /// <summary>Notes a step; its run, engine and number are filled in.</summary>
    public void Add(string step, string outcome, DateTimeOffset started, TimeSpan elapsed, Func<RunStep, RunStep>? more = null)
    {
        lock (gate)
        {
            var noted = new RunStep(run.RunKey, ++steps, run.Verb, step, outcome, started, elapsed.TotalSeconds) { Engine = run.Engine };
            Append(more is null ? noted : more(noted));
        }
    }

    /// <summary>Does a step and notes how it ended.</summary>
    public async Task<T> TimeAsync<T>(string step, Func<Task<T>> work, Func<T, string> outcome)
    {
        var (started, from) = (time.GetUtcNow(), time.GetTimestamp());
        try
        {
            var result = await work();
            Add(step, outcome(result), started, time.GetElapsedTime(from));
            return result;
        }
        catch (Exception error)
        {
            var (code, message) = Failure.Of(error);
            Add(step, code == ExitCode.Stopped ? RunOutcome.Stopped : RunOutcome.Failed, started, time.GetElapsedTime(from), noted => noted with { Message = message });
            throw;
        }
    }

    /// <summary>Notes how the run ended.</summary>
    public void End(int code, string message)
    {
        var outcome = code switch { ExitCode.Done => RunOutcome.Done, ExitCode.Stopped => RunOutcome.Stopped, _ => RunOutcome.Failed };
        Append(run with { Outcome = outcome, Seconds = time.GetElapsedTime(start).TotalSeconds, ExitCode = code, Message = message });
    }

    /// <summary>The steps of a home's runs, oldest first; of each run the beginning only where it has no end.</summary>
    public static IReadOnlyList<RunStep> Read(Home home)
    {
        if (!File.Exists(PathOf(home))) return [];
        var steps = new Dictionary<(long, int), RunStep>();
        foreach (var line in File.ReadLines(PathOf(home)))
            if (Step(line) is { } step) steps[(step.RunKey, step.StepNo)] = step;
        return [.. steps.Values.Where(step => step.Engine == home.EngineName).OrderBy(step => step.Started).ThenBy(step => step.StepNo)];
    }

    /// <summary>The published log with what happened since; the home's own record knows better.</summary>
    public static IReadOnlyList<RunStep> Join(IEnumerable<RunStep> published, IEnumerable<RunStep> own)
    {
        var steps = published.ToDictionary(step => (step.RunKey, step.StepNo));
        foreach (var step in own) steps[(step.RunKey, step.StepNo)] = step;
        return [.. steps.Values.OrderBy(step => step.Started).ThenBy(step => step.StepNo)];
    }

    /// <summary>Null for a line that a crash or a full disk cut short.</summary>
    static RunStep? Step(string line)
    {
        try
        {
            var step = JsonSerializer.Deserialize<RunStep>(line, Lines);
            // Lines of before steps were noted tell of whole runs and have no key.
            return step is not { RunKey: 0 } ? step : step with
            {
                RunKey = StableKey.Of("run", step.Verb, FormattableString.Invariant($"{step.Started:O}")), Step = RunSteps.Run,
                Outcome = step.ExitCode is null or ExitCode.Done ? RunOutcome.Done : RunOutcome.Failed, ExitCode = step.ExitCode ?? ExitCode.Done,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Where a line cannot be written (the disk is full) what it tells of matters more.</summary>
    void Append(RunStep step, bool afterBrokenLine = false)
    {
        try
        {
            lock (gate) File.AppendAllText(PathOf(home), (afterBrokenLine && EndsBroken() ? "\n" : "") + JsonSerializer.Serialize(step, Lines) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"the run could not be noted: {error.Message}");
        }
    }

    /// <summary>A crash cut the last line short: it stays a line of its own, and does not spoil the next.</summary>
    bool EndsBroken()
    {
        var file = new FileInfo(PathOf(home));
        if (!file.Exists || file.Length == 0) return false;
        using var stream = file.OpenRead();
        stream.Position = stream.Length - 1;
        return stream.ReadByte() != '\n';
    }

    static string PathOf(Home home) => Path.Combine(home.Folder, "runs.jsonl");
}
