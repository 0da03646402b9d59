using System.CommandLine;
using Etl.Bench;

namespace Etl.Commands;

/// <summary>The verb <c>bench</c>: speed as a ratio against something real in the same run.</summary>
static class BenchCommand
{
    public static Command Create(Shown shown, TimeProvider time)
    {
        var rows = new Option<long>("--rows") { Description = "Rows to load", DefaultValueFactory = _ => 5_000_000 };
        var load = new Command("load", "From a CSV file to the published star schema, beside the engine's own bulk path (COPY, SqlBulkCopy) from the same file into one table") { rows, Options.Home, Options.Engine };
        load.SetAction((parsed, cancel) => new LoadBench(BenchHome(parsed), shown, time).RunAsync(parsed.GetValue(rows), cancel));
        var measure = new Command("measure", "The questions of 24 tiles together and one by one, over what 'bench load' or 'bench history' left behind") { Options.Home, Options.Engine };
        measure.SetAction((parsed, cancel) => new MeasureBench(BenchHome(parsed), shown).RunAsync(cancel));
        var tasks = new Option<long>("--tasks") { Description = "Tasks, each with two to four events", DefaultValueFactory = _ => 10_000_000 };
        var history = new Command("history", "Tasks with their events, increments of one in a hundred, and questions as of any day") { tasks, Options.Home, Options.Engine };
        history.SetAction((parsed, cancel) => new HistoryBench(BenchHome(parsed), shown, time).RunAsync(parsed.GetValue(tasks), cancel));
        var megabytes = new Option<int>("--megabytes") { Description = "Of generated files", DefaultValueFactory = _ => 1000 };
        var batches = new Command("batches", "A historical load, two increments and all audits, as TPC-DI has them, read all the while") { megabytes, Options.Home, Options.Engine };
        batches.SetAction((parsed, cancel) => new BatchesBench(BenchHome(parsed), shown, time).RunAsync(parsed.GetValue(megabytes), cancel));
        var landmarks = new Option<int>("--rows") { Description = "Landmark rows to train on", DefaultValueFactory = _ => 1_000_000 };
        var risk = new Command("risk", "Training the risk model on landmark rows, beside XGBoost's command-line program on the same matrix, and scoring tasks") { landmarks, Options.Home, Options.Engine };
        risk.SetAction((parsed, cancel) => new RiskBench(BenchHome(parsed), shown).RunAsync(parsed.GetValue(landmarks), cancel));
        var export = new Command("export", "The tables that 'bench load' or 'bench history' left behind as Parquet, beside DuckDB's own COPY of them") { Options.Home, Options.Engine };
        export.SetAction((parsed, cancel) => new ExportBench(BenchHome(parsed), shown, time).RunAsync(cancel));
        var systems = new Option<int>("--systems") { Description = "Systems that are asked", DefaultValueFactory = _ => 12 };
        var wait = new Option<int>("--milliseconds") { Description = "That a system takes for each page of its answer", DefaultValueFactory = _ => 500 };
        var answered = new Option<int>("--rows") { Description = "That each system answers", DefaultValueFactory = _ => 20_000 };
        var feeds = new Command("feeds", "Feeds of systems that answer slowly: each asked when its turn comes, and asked ahead while others are loaded") { systems, wait, answered, Options.Home, Options.Engine };
        feeds.SetAction((parsed, cancel) => new FeedsBench(BenchHome(parsed), shown, time).RunAsync(parsed.GetValue(systems), parsed.GetValue(wait), parsed.GetValue(answered), cancel));
        return new Command("bench", "Measure speed against something real, in one run") { load, measure, history, batches, feeds, risk, export };
    }

    /// <summary>A home of its own, so that nothing of the user's is touched.</summary>
    static Home BenchHome(ParseResult parsed) => Options.HomeOf(parsed) is var home && parsed.GetValue(Options.Home) is not null ? home : home with { Folder = Path.Combine(home.Folder, "bench") };
}
