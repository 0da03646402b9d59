using System.CommandLine;
using System.Globalization;
using Etl.Demo;
using Etl.Feeds;
using Etl.Load;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Warehouse.Models;
using Warehouse.Risk;

namespace Etl.Commands;

/// <summary>The verb <c>backtest</c>: what the risk model would have said of the past, judged by what came true, on any feed.</summary>
static class BacktestCommand
{
    const string Memory = "1500MB";

    public static Command Create(Shown shown, TimeProvider time)
    {
        var feed = new Option<string>("--feed") { Description = "Feeds to judge on, by comma", Required = true };
        var (trainFrom, trainTo) = (Day("--train-from", "First landmark that teaches", true), Day("--train-to", "Last day of landmarks that teach", true));
        var (testFrom, testTo) = (Day("--test-from", "First landmark that judges", true), Day("--test-to", "Last day of landmarks that judge", true));
        var every = new Option<string>("--every") { Description = "Distance of landmarks: 7d", DefaultValueFactory = _ => "7d" };
        var dataEnd = Day("--data-end", "Nothing after the end of this day is known (default: the newest day in the feeds)", false);
        var seed = new Option<int>("--seed") { Description = "Of everything that is left to chance", DefaultValueFactory = _ => 1 };
        var command = new Command("backtest", "Judge the risk model on the past: train on one window, judge on a later one") { feed, Options.Feeds, trainFrom, trainTo, testFrom, testTo, every, dataEnd, seed, Options.Format, Options.Home, Options.Engine };
        command.SetAction((parsed, cancel) =>
        {
            if (Options.HomeOf(parsed).EngineName != "duckdb") throw new WrongUseException("a backtest works in a temporary home of its own, which is on duckdb");
            var feeds = RunCommands.Choose(FeedFolder.Read(parsed.GetValue(Options.Feeds) ?? FeedFolder.Shipped), parsed.GetValue(feed)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            var plan = new BacktestPlan(parsed.GetValue(trainFrom)!.Value, parsed.GetValue(trainTo)!.Value, parsed.GetValue(testFrom)!.Value, parsed.GetValue(testTo)!.Value,
                EveryDays(parsed.GetValue(every)!), DateOnly.MaxValue, parsed.GetValue(seed));
            return RunAsync(Options.HomeOf(parsed), feeds, plan, parsed.GetValue(dataEnd), parsed.GetValue(Options.Format)!, shown, time, cancel);
        });
        return command;
    }

    static async Task<int> RunAsync(Home home, List<Feed> feeds, BacktestPlan plan, DateOnly? dataEnd, string format, Shown shown, TimeProvider time, CancellationToken cancel)
    {
        Require(plan);
        var folder = Directory.CreateTempSubdirectory("analytics-backtest-").FullName;
        try
        {
            await using var engine = new DuckDbEngine(folder, new DuckDbSettings(Environment.GetEnvironmentVariable("ANALYTICS_MEMORY") ?? Memory));
            await using var workspace = await engine.OpenWorkspaceAsync(cancel);
            var outcomes = await new Loader(workspace, Steps.Places(home), LoadTimes.Usual(time)).LoadAsync(feeds, _ => { }, null, cancel);
            foreach (var failed in outcomes.Where(outcome => outcome.Error is not null)) shown.Failed(failed);
            if (outcomes.Any(outcome => outcome.Error is not null)) return ExitCode.DataFailed;
            var tables = new FeatureTables(ModelFolder.Load());
            await new Builder(ModelFolder.Load().For([.. FeatureTables.Parts, "analytics.risk_outcome", "warehouse.dim_load"]), time).BuildAsync(workspace, whole: true, null, cancel);
            plan = plan with { DataEnd = dataEnd ?? await FeatureReader.NewestDayAsync(workspace, cancel) };
            await tables.BuildAsync(workspace, plan.Training.Concat(plan.Testing), cancel);
            var rows = await new FeatureReader(tables, plan.DataEnd).ReadAsync(workspace, cancel);
            BacktestOutput.Write(Backtest.Run(rows, plan), plan, format, Console.Out);
            return ExitCode.Done;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Require(BacktestPlan plan)
    {
        if (plan.TrainTo < plan.TrainFrom || plan.TestTo < plan.TestFrom) throw new WrongUseException("a window ends before it begins");
        if (plan.TestFrom <= plan.TrainTo) throw new WrongUseException(FormattableString.Invariant($"the test begins on {plan.TestFrom:yyyy-MM-dd}, within the training up to {plan.TrainTo:yyyy-MM-dd}"));
    }

    static int EveryDays(string text) => int.TryParse(text.TrimEnd('d'), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0
        ? days
        : throw new WrongUseException($"'{text}' is no distance of landmarks; write a number of days such as 7d");

    static Option<DateOnly?> Day(string name, string about, bool required) => new(name)
    {
        Description = about, Required = required,
        CustomParser = result => DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : Refuse(result, $"'{result.Tokens[0].Value}' is not a day; write yyyy-MM-dd"),
    };

    static DateOnly? Refuse(System.CommandLine.Parsing.ArgumentResult result, string why)
    {
        result.AddError(why);
        return null;
    }
}
