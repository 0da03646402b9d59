using Dapper;
using Etl.Commands;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Warehouse.Exports;

namespace Etl.Bench;

/// <summary>
/// The published state as Parquet, parted and with checksums, beside DuckDB's own COPY of the same tables, each into one file. Over
/// what <c>bench load</c> or <c>bench history</c> left behind; each of the two opens the database for itself.
/// </summary>
sealed class ExportBench(Home home, Shown shown, TimeProvider time)
{
    const double RatioGoal = 0.5;
    const long MemoryGoal = 500L << 20;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var (place, manifest, ours, copy) = (Emptied("export"), (Manifest?)null, new Cost(), new Cost());
        var code = await ExportCommand.ReadAsync(home, async session =>
        {
            ours = await Meter.CostOfAsync(async () => manifest = await ExportCommand.RunAsync(session, home, place, [], time, null, cancel));
            return ExitCode.Done;
        }, cancel);
        if (manifest is null) return code;
        var (memory, rows) = (Meter.PeakMemory(), manifest.Tables.Sum(table => table.Rows));
        shown.Say(Meter.Line("export", $"{rows / ours.Elapsed.TotalSeconds:N0} rows/s ({rows:N0} rows of {manifest.Tables.Count} tables in {ours}, {manifest.Tables.Sum(table => table.Bytes) / 1e6:N0} MB, {manifest.Tables.Sum(table => table.Files.Count):N0} files)"));
        code = await QueryCommands.ReadAsync(home, async session =>
        {
            copy = await CopyAsync(session, manifest, place, cancel);
            return ExitCode.Done;
        }, cancel);
        if (code != ExitCode.Done) return code;
        shown.Say(Meter.Line("DuckDB COPY of the same tables", $"{rows / copy.Elapsed.TotalSeconds:N0} rows/s ({copy})"));
        shown.Say(Meter.Line("ratio", $"{copy.Elapsed / ours.Elapsed:0.00} {Meter.Verdict("0.5", copy.Elapsed / ours.Elapsed >= RatioGoal)}, of processor time {copy.Worked / ours.Worked:0.00}"));
        shown.Say(Meter.Line("peak memory", $"{memory / (1 << 20):N0} MB {Meter.Verdict("under 500 MB", memory < MemoryGoal)}"));
        Directory.Delete(place, recursive: true);
        return code;
    }

    /// <summary>DuckDB alone, with all cores: from its own tables; those of a server are first read back into tables of DuckDB, untimed.</summary>
    async Task<Cost> CopyAsync(Session session, Manifest manifest, string exported, CancellationToken cancel)
    {
        var to = Directory.CreateDirectory(Emptied("copy")).FullName;
        await using var own = session.Connection is DuckDbConnection ? null : new DuckDbConnection($"Data Source={Path.Combine(to, "tables.duckdb")}");
        if (own is not null) await ReadBackAsync(own, manifest, exported, cancel);
        var connection = own ?? session.Connection;
        var cost = await Meter.CostOfAsync(async () =>
        {
            foreach (var table in manifest.Tables)
                await connection.ExecuteAsync(new CommandDefinition($"copy (select * from {table.Name}) to '{Path.Combine(to, table.Name).Replace("'", "''", StringComparison.Ordinal)}.parquet' (format parquet)", cancellationToken: cancel));
        });
        if (own is not null) await own.CloseAsync();
        Directory.Delete(to, recursive: true);
        return cost;
    }

    static async Task ReadBackAsync(DuckDbConnection connection, Manifest manifest, string exported, CancellationToken cancel)
    {
        await connection.OpenAsync(cancel);
        await connection.ExecuteAsync("create schema warehouse; create schema analytics");
        foreach (var table in manifest.Tables)
            await connection.ExecuteAsync(new CommandDefinition($"create table {table.Name} as select * from read_parquet('{Path.Combine(exported, table.Name.Replace('.', '/'))}/**/*.parquet', hive_partitioning = false)", cancellationToken: cancel));
        await connection.ExecuteAsync("force checkpoint");
    }

    string Emptied(string name)
    {
        var place = Path.Combine(home.Folder, "bench", name);
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        return place;
    }
}
