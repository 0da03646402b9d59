using Etl.Feeds;
using Etl.Load;
using Etl.Sources;
using Warehouse.Checks;
using Warehouse.Engines;
using Warehouse.Models;

namespace Etl.Commands;

/// <summary>The steps of a run over one workspace: load, build, check; and publication when the checks allow it.</summary>
sealed class Steps(Home home, Shown shown, TimeProvider time)
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
        var loader = new Loader(workspace, Places(home), time);
        var outcomes = await loader.LoadAsync(feeds, shown.Part, (part, rows) => shown.Progress(part, null, FormattableString.Invariant($"{rows:N0} rows")), cancel);
        var total = outcomes.Sum(outcome => outcome.Error is null ? outcome.Counts.Received : 0);
        shown.Say(outcomes.Any(outcome => outcome.Part.Length > 0 && outcome.Error is null)
            ? FormattableString.Invariant($"loaded {total:N0} rows in {outcomes.Count(outcome => outcome.Part.Length > 0 && outcome.Error is null)} parts")
            : "nothing new to load");
        return outcomes.Where(outcome => outcome.Error is not null).Select(outcome => CodeOf(outcome.Error!.Fault)).Aggregate(ExitCode.Done, ExitCode.Worse);
    }

    public async Task<int> BuildAsync(Workspace workspace, CancellationToken cancel)
    {
        var (count, done) = (folder.Models.Count, 0);
        var builder = new Builder(folder, time);
        var built = await builder.BuildAsync(workspace, model => shown.Progress("build", (double)++done / count, model.Model.FullName), cancel);
        foreach (var model in built.Where(model => model.Rows is not null))
            shown.Say(FormattableString.Invariant($"built {model.Model.FullName}: {model.Rows:N0} rows in {model.Elapsed.TotalSeconds:0.00} s"));
        return ExitCode.Done;
    }

    /// <summary>Checks the workspace and publishes it when no error was found.</summary>
    public async Task<int> CheckAsync(Workspace workspace, CancellationToken cancel)
    {
        var results = await new Checker(folder).CheckAsync(workspace, result => shown.Progress("check", null, result.Check.Name), cancel);
        foreach (var result in results.Where(result => result.Offending > 0))
        {
            var level = result.Passed ? "tolerated" : result.Check.IsError ? "ERROR" : "warning";
            var line = FormattableString.Invariant($"check {level}: {result.Check.Name}: {result.Offending:N0} rows, for example {result.Sample}");
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
        var publication = await workspace.PublishAsync(cancel);
        shown.Say(FormattableString.Invariant($"published state {publication.Number}"));
        return ExitCode.Done;
    }

    static int CodeOf(SourceFault fault) => fault switch
    {
        SourceFault.Data => ExitCode.DataFailed,
        SourceFault.Configuration => ExitCode.WrongUse,
        _ => ExitCode.Absent,
    };
}
