using System.CommandLine;
using Etl.Demo;
using Etl.Feeds;

namespace Etl.Commands;

/// <summary>The verb <c>demo</c>: generated municipal sources and the real Boston extracts, loaded, built, predicted of, checked and summed up.</summary>
static class DemoCommand
{
    /// <summary>Month ends of two years: what was known on each of them can be asked.</summary>
    const int Extracts = 24;

    /// <summary>Of the predictions, as the verb's own.</summary>
    const int Seed = 1;

    public static Command Create(Shown shown, TimeProvider time)
    {
        var command = new Command("demo", "Make the municipal sources, load them and the Boston extracts, build, predict, check, sum up; then serve the page")
        {
            Options.Home, Options.Engine,
            // These two are the script's: it starts the web program when this one is done.
            new Option<bool>("--no-serve") { Description = "End after the summary" },
            new Option<int>("--port") { Description = "Port of the web page on 127.0.0.1", DefaultValueFactory = _ => 5080 },
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var home = Options.HomeOf(parsed);
            var code = await RunCommands.InWorkspaceAsync(home, "demo", time, async (workspace, log) =>
            {
                await DemoHome.WriteSourcesAsync(home, new DemoOptions { Extracts = Extracts }, shown, cancel);
                await using var api = await DemoHome.StartApiAsync(home, cancel);
                return await RunCommands.AllAsync(new Steps(home, shown, time, log), workspace, FeedFolder.Read(FeedFolder.Shipped), cancel,
                    () => RiskCommands.PredictAsync(workspace, null, Seed, shown, time, cancel));
            }, cancel);
            if (code == ExitCode.Done) await QueryCommands.ReadAsync(home, session => new Summary(session, Console.Out).WriteAsync(cancel), cancel);
            return code;
        });
        return command;
    }
}
