using System.Diagnostics;
using Etl.Commands;
using Etl.Feeds;
using Warehouse.Engines;

namespace Etl.Bench;

/// <summary>
/// Rows per second from a CSV file to the published star schema, contracts, quarantine and checks included, beside
/// the bulk path of the engine's own driver (DuckDB's typed COPY, Npgsql's binary COPY, SqlBulkCopy) from the same file into one table, in one run.
/// </summary>
sealed class LoadBench(Home home, Shown shown, TimeProvider time)
{
    const double RatioGoal = 0.5;
    const long MemoryGoal = 1L << 30;

    public async Task<int> RunAsync(long rows, CancellationToken cancel)
    {
        Meter.Empty(home.Folder);
        var file = BenchFile.Write(Path.Combine(home.Folder, "bench"), rows);
        shown.Say(FormattableString.Invariant($"file: {rows:N0} rows, {new FileInfo(file).Length / (double)rows:0} bytes a row"));
        var ours = await LoadAsync(rows, cancel);
        var memory = Meter.PeakMemory();
        var before = Meter.Worked();
        var copy = await RawCopy.RunAsync(home, file, rows, cancel);
        var copyWorked = Meter.Worked() - before;
        var (rate, copyRate) = (rows / ours.TotalSeconds, rows / copy.TotalSeconds);
        shown.Say(Meter.Line("load to published star schema", $"{rate:N0} rows/s ({ours.TotalSeconds:0.0} s)"));
        shown.Say(Meter.Line($"{RawCopy.NameOn(home.EngineName)} into one table", $"{copyRate:N0} rows/s ({copy.TotalSeconds:0.0} s, {copyWorked.TotalSeconds:0.0} s of processor time)"));
        shown.Say(Meter.Line("ratio", $"{rate / copyRate:0.00} (goal {RatioGoal:0.0}: {(rate / copyRate >= RatioGoal ? "reached" : "not reached")})"));
        shown.Say(Meter.Line("peak memory", $"{memory / (1 << 20):N0} MB (goal under 1,024 MB: {(memory < MemoryGoal ? "reached" : "not reached")})"));
        return ExitCode.Done;
    }

    async Task<TimeSpan> LoadAsync(long rows, CancellationToken cancel)
    {
        var feed = FeedFile.Read(Path.Combine(AppContext.BaseDirectory, "Bench", "bench-load.yml"));
        var steps = new Steps(home, shown, time);
        var watch = Stopwatch.StartNew();
        await using var engine = home.OpenEngine();
        await using (var published = await engine.OpenPublishedAsync(cancel))
            if (published is not null) throw new WrongUseException("bench load wants an empty database: the one in ANALYTICS_CONNECTION holds a warehouse");
        await using (var workspace = await engine.OpenWorkspaceAsync(cancel))
        {
            await PhaseAsync("load", rows, () => steps.LoadAsync(workspace, [feed], cancel));
            await PhaseAsync("build", rows, () => steps.BuildAsync(workspace, whole: true, cancel));
            await PhaseAsync("check and publish", rows, () => steps.CheckAsync(workspace, full: true, cancel));
        }
        return watch.Elapsed;
    }

    async Task PhaseAsync(string name, long rows, Func<Task<int>> phase)
    {
        var code = ExitCode.Done;
        var cost = await Meter.CostOfAsync(async () => code = await phase());
        if (code != ExitCode.Done) throw new InvalidOperationException($"bench: {name} failed");
        shown.Say(Meter.Line($"  {name}", $"{cost}, {rows / cost.Elapsed.TotalSeconds:N0} rows/s"));
    }
}
