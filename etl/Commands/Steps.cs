using Etl.Feeds;
using Etl.Load;
using Etl.Quality;
using Etl.Runs;
using Etl.Schedule;
using Warehouse.Checks;
using Warehouse.Engines;
using Warehouse.Models;
using Warehouse.Models.Increments;
using Warehouse.Runs;

namespace Etl.Commands;

/// <summary>The steps of a run over one workspace: load, build, check; and publication when the checks allow it.</summary>
/// <param name="log">Null where nothing is noted: a measurement.</param>
sealed class Steps(Home home, Shown shown, TimeProvider time, RunLog? log = null, LoadTimes? times = null)
{
    readonly ModelFolder folder = ModelFolder.Load();

    /// <summary>The folders that feeds may name.</summary>
    public static Dictionary<string, string> Places(Home home) => new()
    {
        ["home"] = home.Folder,
        ["project"] = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar),
        ["data"] = Environment.GetEnvironmentVariable("ANALYTICS_DATA") ?? Path.Combine(home.Folder, "data"),
    };

    public async Task<int> LoadAsync(Workspace workspace, IReadOnlyList<Feed> feeds, CancellationToken cancel)
    {
        var replayed = await ReplayCorrectionsAsync(workspace, feeds, cancel);
        return Summed([.. replayed, .. await LoadNewAsync(workspace, feeds, cancel)]);
    }

    /// <summary>Loads what is new, corrections in the inbox left aside, and tells of each record.</summary>
    public async Task<IReadOnlyList<PartOutcome>> LoadNewAsync(Workspace workspace, IReadOnlyList<Feed> feeds, CancellationToken cancel)
    {
        var loader = new Loader(workspace, Places(home), times ?? LoadTimes.Usual(time));
        var record = new List<PartOutcome>();
        var outcomes = await loader.LoadAsync(feeds, Told, (part, rows, done) => shown.Progress(part, done, FormattableString.Invariant($"{rows:N0} rows")), cancel);
        if (record.Count > 0) shown.Record(record);
        return outcomes;

        void Told(PartOutcome outcome)
        {
            Note(RunSteps.Load, outcome);
            if (outcome.Error is not null) shown.Failed(outcome);
            if (record.Count > 0 && (record[0].Feed != outcome.Feed || record[0].Record != outcome.Record))
            {
                shown.Record(record);
                record.Clear();
            }
            record.Add(outcome);
        }
    }

    /// <summary>Tells what was loaded in all, and the exit code that the outcomes come to.</summary>
    public int Summed(IReadOnlyList<PartOutcome> outcomes)
    {
        var total = outcomes.Sum(outcome => outcome.Error is null ? outcome.Counts.Received : 0);
        shown.Say(outcomes.Any(outcome => outcome.Part.Length > 0 && outcome.Error is null)
            ? FormattableString.Invariant($"loaded {total:N0} rows in {outcomes.Count(outcome => outcome.Part.Length > 0 && outcome.Error is null)} parts")
            : "nothing new to load");
        return outcomes.Where(outcome => outcome.Error is not null).Select(outcome => Failure.CodeOf(outcome.Error!.Fault)).Aggregate(ExitCode.Done, ExitCode.Worse);
    }

    /// <summary>Loads quarantined rows again: with the corrections in the inbox, and as the feeds read them today.</summary>
    public async Task<int> ReplayAsync(Workspace workspace, IReadOnlyList<Feed> feeds, CancellationToken cancel)
    {
        var outcomes = await ReplayAsync(workspace, feeds, Corrections.Read(home.Inbox), cancel);
        if (outcomes.Count == 0) shown.Say("no quarantined row could be accepted");
        return ExitCode.Done;
    }

    /// <summary>Replays only where somebody put a correction into the inbox.</summary>
    async Task<IReadOnlyList<PartOutcome>> ReplayCorrectionsAsync(Workspace workspace, IReadOnlyList<Feed> feeds, CancellationToken cancel)
    {
        var corrections = Corrections.Read(home.Inbox);
        return corrections.IsEmpty ? [] : await ReplayAsync(workspace, feeds, corrections, cancel);
    }

    async Task<IReadOnlyList<PartOutcome>> ReplayAsync(Workspace workspace, IReadOnlyList<Feed> feeds, Corrections corrections, CancellationToken cancel)
    {
        var outcomes = await new Replay(workspace, new Loader(workspace, Places(home), time).Provinces).RunAsync(feeds, corrections, cancel);
        foreach (var outcome in outcomes)
        {
            Note(RunSteps.Replay, outcome);
            shown.Record([outcome]);
        }
        return outcomes;
    }

    /// <param name="whole">True builds everything anew; else only what follows from what was loaded since.</param>
    public async Task<int> BuildAsync(Workspace workspace, bool whole, CancellationToken cancel)
    {
        workspace.Milestones.Reach(Milestone.Loaded);
        var (count, done) = (folder.Models.Count, 0);
        var builder = new Builder(folder, time) { Why = reason => shown.Say($"all is built anew: {reason}"), Tells = shown.Say };
        var built = await TimeAsync(RunSteps.Build, () => builder.BuildAsync(workspace, whole, model => shown.Progress("build", Math.Min(1, (double)++done / count), model.Model.FullName), cancel));
        workspace.Milestones.Reach(Milestone.Built);
        foreach (var model in built.Where(model => model.Rows is not null))
            shown.Say(FormattableString.Invariant($"built {model.Model.FullName}: {model.Rows:N0} rows in {model.Elapsed.TotalSeconds:0.00} s"));
        return ExitCode.Done;
    }

    /// <summary>Checks the workspace and publishes it when no error was found.</summary>
    /// <param name="full">True checks all rows, also those that no load touched since they were checked.</param>
    public async Task<int> CheckAsync(Workspace workspace, bool full, CancellationToken cancel)
    {
        var results = await TimeAsync(RunSteps.Check, () => new Checker(folder).CheckAsync(workspace, full, result => shown.Progress("check", null, result.Check.Name), cancel),
            results => results.Any(result => !result.Passed && result.Check.IsError) ? RunOutcome.Failed : RunOutcome.Done);
        foreach (var result in results.Where(result => result.Offending > 0))
        {
            var level = result.Passed ? "tolerated" : result.Check.IsError ? "ERROR" : "warning";
            var line = FormattableString.Invariant($"check {level}: {result.Check.Name}: {result.Offending:N0} rows, for example {result.Sample}");
            if (!result.Passed) Note(result);
            if (level == "ERROR") shown.Complain(line);
            else shown.Say(line);
        }
        var failed = results.Count(result => !result.Passed && result.Check.IsError);
        shown.Say(FormattableString.Invariant($"checked: {results.Count} checks, {failed} errors, {results.Count(result => !result.Passed && !result.Check.IsError)} warnings"));
        if (failed > 0)
        {
            shown.Complain("not published: the last published state stands");
            return ExitCode.DataFailed;
        }
        workspace.Milestones.Reach(Milestone.Checked);
        await BuildLedger.PassedAsync(workspace, cancel);
        await Builder.TidyAsync(workspace, cancel);
        if (log is not null) await new Standings(home, time).WriteAsync(workspace, log, cancel);
        workspace.Milestones.Reach(Milestone.Tidied);
        var publication = await TimeAsync(RunSteps.Publish, () => workspace.PublishAsync(cancel));
        shown.Say(FormattableString.Invariant($"published state {publication.Number}"));
        return ExitCode.Done;
    }

    Task<T> TimeAsync<T>(string step, Func<Task<T>> work, Func<T, string>? outcome = null) =>
        log is null ? work() : log.TimeAsync(step, work, outcome ?? (_ => RunOutcome.Done));

    /// <summary>Of the home's own record, so that it is told of also where nothing is published.</summary>
    void Note(CheckResult result) => log?.Add(RunSteps.Check, result.Check.IsError ? RunOutcome.Failed : RunOutcome.Warned, time.GetUtcNow(), TimeSpan.Zero, noted => noted with
    {
        Part = result.Check.Name, Message = FormattableString.Invariant($"{result.Offending:N0} rows, for example {result.Sample}"),
    });

    void Note(string step, PartOutcome outcome)
    {
        if (outcome.IsRemark) return;
        log?.Add(step, outcome.Outcome, outcome.Started, outcome.Elapsed, noted => noted with
        {
            Feed = outcome.Feed, Record = outcome.Record, Part = outcome.Part, LoadKey = outcome.LoadKey, Attempts = outcome.Attempts,
            Received = outcome.Counts.Received, Accepted = outcome.Counts.Accepted, Quarantined = outcome.Counts.Quarantined, Withheld = outcome.Counts.Withheld,
            Message = outcome.Error?.Message ?? "",
        });
    }
}
