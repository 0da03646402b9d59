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
    public static Command Load(Shown shown, TimeProvider time) => Verb("load", "Load what is new of every feed, or of some", shown, takesFeeds: true,
        (steps, workspace, feeds, cancel) => steps.LoadAsync(workspace, feeds, cancel), time);

    public static Command Build(Shown shown, TimeProvider time) => Verb("build", "Build the star schema from what was loaded", shown, takesFeeds: false,
        (steps, workspace, _, cancel) => steps.BuildAsync(workspace, cancel), time);

    public static Command Check(Shown shown, TimeProvider time) => Verb("check", "Check the star schema, and publish it when no check fails", shown, takesFeeds: false,
        (steps, workspace, _, cancel) => steps.CheckAsync(workspace, cancel), time);

    public static Command Run(Shown shown, TimeProvider time) => Verb("run", "Load, build, check and publish", shown, takesFeeds: true, AllAsync, time);

    /// <summary>Load, build, check. A part that could not be loaded does not keep the others from being published; the exit code tells of it.</summary>
    internal static async Task<int> AllAsync(Steps steps, Workspace workspace, IReadOnlyList<Feed> feeds, CancellationToken cancel)
    {
        var loaded = await steps.LoadAsync(workspace, feeds, cancel);
        await steps.BuildAsync(workspace, cancel);
        return ExitCode.Worse(loaded, await steps.CheckAsync(workspace, cancel));
    }

    /// <summary>Takes the home, opens the slot that is not published and does a step in it.</summary>
    internal static async Task<int> InWorkspaceAsync(Home home, string verb, TimeProvider time, Func<Workspace, RunLog, Task<int>> step, CancellationToken cancel)
    {
        await using var held = home.Lock();
        var log = RunLog.Begin(home, verb, time);
        var (code, message) = (ExitCode.Done, "");
        try
        {
            await using var engine = home.OpenEngine();
            await using var workspace = await engine.OpenWorkspaceAsync(cancel);
            return code = await Failure.GuardAsync(engine, () => step(workspace, log));
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

    static Command Verb(
        string name, string about, Shown shown, bool takesFeeds,
        Func<Steps, Workspace, IReadOnlyList<Feed>, CancellationToken, Task<int>> step, TimeProvider time)
    {
        var command = new Command(name, about) { Options.Home, Options.Engine };
        if (takesFeeds)
        {
            command.Options.Add(Options.Feeds);
            command.Options.Add(Options.Feed);
        }
        command.SetAction(async (parsed, cancel) =>
        {
            var home = Options.HomeOf(parsed);
            var feeds = takesFeeds ? Choose(FeedFolder.Read(parsed.GetValue(Options.Feeds) ?? FeedFolder.Shipped), parsed.GetValue(Options.Feed) ?? []) : [];
            await using var demo = takesFeeds ? await DemoHome.StartApiAsync(home, cancel) : null;
            return await InWorkspaceAsync(home, name, time, (workspace, log) => step(new Steps(home, shown, time, log), workspace, feeds, cancel), cancel);
        });
        return command;
    }

    internal static List<Feed> Choose(IReadOnlyList<Feed> feeds, string[] names)
    {
        foreach (var name in names)
            if (!feeds.Any(feed => feed.Name == name))
                throw new FeedException($"there is no feed '{name}'; {Nearest.Hint(name, feeds.Select(feed => feed.Name))}");
        return [.. feeds.Where(feed => names.Length == 0 || names.Contains(feed.Name))];
    }
}
