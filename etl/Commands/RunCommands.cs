using System.CommandLine;
using Etl.Demo;
using Etl.Feeds;
using Etl.Runs;
using Warehouse.Engines;
using Warehouse.Wording;

namespace Etl.Commands;

/// <summary>The verbs <c>load</c>, <c>build</c>, <c>check</c> and <c>run</c>, which is these in order.</summary>
static class RunCommands
{
    public static Command Load(Shown shown, TimeProvider time)
    {
        var dry = new Option<bool>("--dry-run") { Description = "Only list the rows, months and measures that would change; nothing is kept" };
        var command = new Command("load", "Load what is new of every feed, or of some") { dry, Options.Home, Options.Engine, Options.Feeds, Options.Feed };
        command.SetAction((parsed, cancel) => WithFeedsAsync(parsed, (home, feeds) => parsed.GetValue(dry)
            ? new DryRun(home, shown, time).RunAsync(feeds, cancel)
            : InWorkspaceAsync(home, "load", time, (workspace, log) => new Steps(home, shown, time, log).LoadAsync(workspace, feeds, cancel), cancel), cancel));
        return command;
    }

    public static Command Build(Shown shown, TimeProvider time) => Verb("build", "Build the star schema from what was loaded since it was built last", shown,
        new("--whole") { Description = "Build all of it anew" }, (steps, workspace, whole, cancel) => steps.BuildAsync(workspace, whole, cancel), time);

    public static Command Check(Shown shown, TimeProvider time) => Verb("check", "Check what was built since the checks last passed, and publish it when none fails", shown,
        new("--full") { Description = "Check all rows: the nightly audit" }, (steps, workspace, full, cancel) => steps.CheckAsync(workspace, full, cancel), time);

    public static Command Run(Shown shown, TimeProvider time)
    {
        var command = new Command("run", "Load, build, check and publish") { Options.Home, Options.Engine, Options.Feeds, Options.Feed };
        command.SetAction((parsed, cancel) => WithFeedsAsync(parsed, (home, feeds) =>
            InWorkspaceAsync(home, "run", time, (workspace, log) => AllAsync(new Steps(home, shown, time, log), workspace, feeds, cancel), cancel), cancel));
        return command;
    }

    /// <summary>Load, build, check. A part that could not be loaded does not keep the others from being published; the exit code tells of it.</summary>
    /// <param name="then">What is done with what was built before it is checked.</param>
    internal static async Task<int> AllAsync(Steps steps, Workspace workspace, IReadOnlyList<Feed> feeds, CancellationToken cancel, Func<Task>? then = null)
    {
        var loaded = await steps.LoadAsync(workspace, feeds, cancel);
        await steps.BuildAsync(workspace, whole: false, cancel);
        if (then is not null) await then();
        return ExitCode.Worse(loaded, await steps.CheckAsync(workspace, full: false, cancel));
    }

    /// <summary>Takes the home, opens the slot that is not published and does a step in it.</summary>
    internal static Task<int> InWorkspaceAsync(Home home, string verb, TimeProvider time, Func<Workspace, RunLog, Task<int>> step, CancellationToken cancel) =>
        InHomeAsync(home, verb, time, async (engine, log) =>
        {
            await using var workspace = await engine.OpenWorkspaceAsync(cancel);
            return await step(workspace, log);
        });

    /// <summary>Takes the home, notes that a run began, and how it ended.</summary>
    internal static async Task<int> InHomeAsync(Home home, string verb, TimeProvider time, Func<IEngine, RunLog, Task<int>> work)
    {
        await using var held = home.Lock();
        var log = RunLog.Begin(home, verb, time);
        var (code, message) = (ExitCode.Done, "");
        try
        {
            await using var engine = home.OpenEngine();
            return code = await Failure.GuardAsync(engine, () => work(engine, log));
        }
        catch (Exception error)
        {
            (code, message) = Failure.Of(error);
            throw;
        }
        finally
        {
            log.End(code, message);
        }
    }

    static Command Verb(string name, string about, Shown shown, Option<bool> all, Func<Steps, Workspace, bool, CancellationToken, Task<int>> step, TimeProvider time)
    {
        var command = new Command(name, about) { all, Options.Home, Options.Engine };
        command.SetAction((parsed, cancel) =>
        {
            var home = Options.HomeOf(parsed);
            return InWorkspaceAsync(home, name, time, (workspace, log) => step(new Steps(home, shown, time, log), workspace, parsed.GetValue(all), cancel), cancel);
        });
        return command;
    }

    /// <summary>The feeds that the command line names, while the demo's own system of theirs is served.</summary>
    static async Task<int> WithFeedsAsync(ParseResult parsed, Func<Home, IReadOnlyList<Feed>, Task<int>> work, CancellationToken cancel)
    {
        var home = Options.HomeOf(parsed);
        var feeds = Choose(FeedFolder.Read(parsed.GetValue(Options.Feeds) ?? FeedFolder.Shipped), parsed.GetValue(Options.Feed) ?? []);
        await using var demo = await DemoHome.StartApiAsync(home, cancel);
        return await work(home, feeds);
    }

    internal static List<Feed> Choose(IReadOnlyList<Feed> feeds, string[] names)
    {
        foreach (var name in names)
            if (!feeds.Any(feed => feed.Name == name))
                throw new FeedException($"there is no feed '{name}'; {Nearest.Hint(name, feeds.Select(feed => feed.Name))}");
        return [.. feeds.Where(feed => names.Length == 0 || names.Contains(feed.Name))];
    }
}
