using System.Diagnostics;
using Dapper;
using Etl.Commands;
using Etl.Feeds;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;

namespace Etl.Bench;

/// <summary>
/// Rows per second from a CSV file to the published star schema, contracts, quarantine and checks included, beside
/// DuckDB's own typed COPY of the same file into one table, in one run.
/// </summary>
sealed class LoadBench(Home home, Shown shown, TimeProvider time)
{
    const double RatioGoal = 0.5;
    const long MemoryGoal = 1L << 30;

    public async Task<int> RunAsync(long rows, CancellationToken cancel)
    {
        foreach (var old in Directory.Exists(home.Folder) ? Directory.EnumerateFiles(home.Folder, "warehouse-*").Append(Path.Combine(home.Folder, "current")) : []) File.Delete(old);
        var file = BenchFile.Write(Path.Combine(home.Folder, "bench"), rows);
        shown.Say(FormattableString.Invariant($"file: {rows:N0} rows, {new FileInfo(file).Length / (double)rows:0} bytes a row"));
        var ours = await LoadAsync(rows, cancel);
        var memory = Meter.PeakMemory();
        var before = Meter.Worked();
        var copy = await CopyAsync(file, cancel);
        var copyWorked = Meter.Worked() - before;
        var (rate, copyRate) = (rows / ours.TotalSeconds, rows / copy.TotalSeconds);
        shown.Say(Meter.Line("load to published star schema", $"{rate:N0} rows/s ({ours.TotalSeconds:0.0} s)"));
        shown.Say(Meter.Line("DuckDB COPY into one table", $"{copyRate:N0} rows/s ({copy.TotalSeconds:0.0} s, {copyWorked.TotalSeconds:0.0} s of processor time)"));
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
        var (watch, worked) = (Stopwatch.StartNew(), Meter.Worked());
        if (await phase() != ExitCode.Done) throw new InvalidOperationException($"bench: {name} failed");
        shown.Say(Meter.Line($"  {name}", $"{watch.Elapsed.TotalSeconds:0.0} s ({(Meter.Worked() - worked).TotalSeconds:0.0} s of processor time), {rows / watch.Elapsed.TotalSeconds:N0} rows/s"));
    }

    /// <summary>DuckDB alone: types named, threads = cores, insertion order kept, checkpoint included.</summary>
    async Task<TimeSpan> CopyAsync(string file, CancellationToken cancel)
    {
        var target = Path.Combine(home.Folder, "bench", "copy.duckdb");
        File.Delete(target);
        var watch = Stopwatch.StartNew();
        await using (var connection = new DuckDbConnection($"Data Source={target}"))
        {
            await connection.OpenAsync(cancel);
            var columns = BenchFile.Columns.Select(name => $"{name} {(name.StartsWith("ngay", StringComparison.Ordinal) || name == "han_xu_ly" ? "date" : name == "cap_nhat_luc" ? "timestamp" : "varchar")}");
            await connection.ExecuteAsync($"create table task ({string.Join(", ", columns)})");
            await connection.ExecuteAsync(new CommandDefinition($"copy task from '{file}' (format csv, header, delimiter ',', quote '\"', dateformat '%d/%m/%Y', timestampformat '%Y-%m-%d %H:%M:%S')", cancellationToken: cancel));
            await connection.ExecuteAsync("force checkpoint");
        }
        watch.Stop();
        File.Delete(target);
        return watch.Elapsed;
    }
}
