using System.Globalization;
using System.Text.Json;
using Warehouse.Engines;
using Warehouse.Runs;

namespace Reports.Published;

/// <summary>What was loaded and what failed: the publication's log, and what happened since in the home's own record.</summary>
/// <param name="Runs">Newest first.</param>
/// <param name="Failures">Steps that failed or came late, newest first.</param>
public sealed record RunHistory(IReadOnlyList<RunHistory.Run> Runs, IReadOnlyList<RunStep> Failures)
{
    const int MostFailures = 50;

    /// <summary>The record grows for ever; its end says what happened last.</summary>
    const int MostBytes = 4 << 20;

    static readonly string[] Wrong = [RunOutcome.Failed, RunOutcome.Late, RunOutcome.Absent, RunOutcome.LeftAlone, RunOutcome.Warned];

    static readonly TimeZoneInfo Vietnam = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    /// <param name="home">Where there is no record in it, the publication's log is all.</param>
    public static async Task<RunHistory> ReadAsync(Session session, string home, CancellationToken cancel)
    {
        var steps = (await RunTable.ReadAsync(session, cancel)).Concat(OfHome(Path.Combine(home, "runs.jsonl")))
            .GroupBy(step => (step.RunKey, step.StepNo)).Select(group => group.MaxBy(step => step.Outcome == RunOutcome.Started ? 0 : 1)!).ToList();
        var runs = steps.GroupBy(step => step.RunKey).Select(group =>
        {
            var whole = group.FirstOrDefault(step => step.Step == RunSteps.Run) ?? group.First();
            var loads = group.Where(step => step.Step is RunSteps.Load or RunSteps.Replay).ToList();
            return new Run(whole.Started, whole.Verb, whole.Outcome, loads.Count(step => step.Outcome == RunOutcome.Loaded), loads.Sum(step => step.Received), loads.Sum(step => step.Accepted), loads.Sum(step => step.Quarantined), loads.Sum(step => step.Withheld), whole.Seconds);
        });
        return new([.. runs.OrderByDescending(run => run.Started)], [.. steps.Where(step => Wrong.Contains(step.Outcome) && step.Step != RunSteps.Run).OrderByDescending(step => step.Started).Take(MostFailures)]);
    }

    /// <summary>In Vietnam's time, for people.</summary>
    public static string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Vietnam).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    static IEnumerable<RunStep> OfHome(string file)
    {
        if (!File.Exists(file)) return [];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var isCut = stream.Length > MostBytes;
        if (isCut) stream.Seek(-MostBytes, SeekOrigin.End);
        using var reader = new StreamReader(stream);
        if (isCut) reader.ReadLine();
        var steps = new List<RunStep>();
        // A line that is being written, or that a crash cut short, is no step yet.
        while (reader.ReadLine() is { } line)
            try
            {
                if (JsonSerializer.Deserialize<RunStep>(line) is { } step) steps.Add(step);
            }
            catch (JsonException)
            {
            }
        return steps;
    }

    /// <param name="Outcome">One of <see cref="RunOutcome"/>.</param>
    /// <param name="Parts">Files, windows or pages that were loaded.</param>
    public sealed record Run(DateTimeOffset Started, string Verb, string Outcome, long Parts, long Received, long Accepted, long Quarantined, long Withheld, double Seconds);
}
