using System.Diagnostics;
using Dapper;
using Etl.Commands;
using Etl.Sources;
using Microsoft.Data.SqlClient;
using Npgsql;
using NpgsqlTypes;
using Warehouse.Engines.DuckDb;

namespace Etl.Bench;

/// <summary>What a load is held against: the same file into one table of texts, days and instants, by the bulk path of the engine's own driver and nothing else.</summary>
static class RawCopy
{
    /// <summary>Of servers: in the warehouse's database, gone after the measurement.</summary>
    const string Table = "bench_copy";

    const int BatchRows = 102_400;

    /// <summary>The engine's bulk path, as a line of the report calls it.</summary>
    public static string NameOn(string engine) => engine switch { "postgres" => "Npgsql binary COPY", "sqlserver" => "SqlBulkCopy", _ => "DuckDB COPY" };

    /// <summary>From the file until the rows are kept.</summary>
    /// <exception cref="InvalidOperationException">Not as many rows arrived as the file has.</exception>
    public static async Task<TimeSpan> RunAsync(Home home, string file, long rows, CancellationToken cancel)
    {
        var (elapsed, copied) = home.EngineName switch
        {
            "postgres" => await ToPostgresAsync(home.Connection!, file, cancel),
            "sqlserver" => await ToSqlServerAsync(home.Connection!, file, cancel),
            _ => await ToDuckDbAsync(Path.Combine(home.Folder, "bench", "copy.duckdb"), file, cancel),
        };
        return copied == rows ? elapsed : throw new InvalidOperationException($"bench: {NameOn(home.EngineName)} wrote {copied} of {rows} rows");
    }

    /// <summary>DuckDB alone: threads = cores, insertion order kept, checkpoint included.</summary>
    static async Task<(TimeSpan, long)> ToDuckDbAsync(string target, string file, CancellationToken cancel)
    {
        File.Delete(target);
        long copied;
        var watch = Stopwatch.StartNew();
        await using (var connection = new DuckDbConnection($"Data Source={target}"))
        {
            await connection.OpenAsync(cancel);
            await connection.ExecuteAsync(Create("varchar", "timestamp"));
            await connection.ExecuteAsync(new CommandDefinition($"copy {Table} from '{file}' (format csv, header, delimiter ',', quote '\"', dateformat '%d/%m/%Y', timestampformat '%Y-%m-%d %H:%M:%S')", cancellationToken: cancel));
            await connection.ExecuteAsync("force checkpoint");
            watch.Stop();
            copied = await connection.ExecuteScalarAsync<long>($"select count(*) from {Table}");
        }
        File.Delete(target);
        return (watch.Elapsed, copied);
    }

    static async Task<(TimeSpan, long)> ToPostgresAsync(string connectionString, string file, CancellationToken cancel)
    {
        NpgsqlDbType[] types = [.. BenchFile.Columns.Select((_, i) => BenchFile.KindOf(i) switch { BenchKind.Day => NpgsqlDbType.Date, BenchKind.Instant => NpgsqlDbType.Timestamp, _ => NpgsqlDbType.Text })];
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await connection.ExecuteAsync($"drop table if exists {Table}");
        await connection.ExecuteAsync(Create("text", "timestamp"));
        var watch = Stopwatch.StartNew();
        await using (var read = await OpenAsync(file, cancel))
        await using (var rows = new BenchRows(read))
        await using (var copy = await connection.BeginBinaryImportAsync($"copy {Table} from stdin (format binary)", cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                await copy.StartRowAsync(cancel);
                for (var i = 0; i < types.Length; i++)
                    if (rows.IsDBNull(i)) await copy.WriteNullAsync(cancel);
                    else if (types[i] == NpgsqlDbType.Text) await copy.WriteAsync(rows.GetString(i), types[i], cancel);
                    else await copy.WriteAsync(rows.GetDateTime(i), types[i], cancel);
            }
            await copy.CompleteAsync(cancel);
        }
        watch.Stop();
        var copied = await connection.ExecuteScalarAsync<long>($"select count(*) from {Table}");
        await connection.ExecuteAsync($"drop table {Table}");
        return (watch.Elapsed, copied);
    }

    static async Task<(TimeSpan, long)> ToSqlServerAsync(string connectionString, string file, CancellationToken cancel)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await connection.ExecuteAsync($"drop table if exists {Table}");
        await connection.ExecuteAsync(Create("nvarchar(400)", "datetime2(0)"));
        var watch = Stopwatch.StartNew();
        await using (var read = await OpenAsync(file, cancel))
        await using (var rows = new BenchRows(read))
        using (var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.TableLock | SqlBulkCopyOptions.KeepNulls, null) { DestinationTableName = Table, BatchSize = BatchRows, BulkCopyTimeout = 0, EnableStreaming = true })
            await copy.WriteToServerAsync(rows, cancel);
        watch.Stop();
        var copied = await connection.ExecuteScalarAsync<long>($"select count_big(*) from {Table}");
        await connection.ExecuteAsync($"drop table {Table}");
        return (watch.Elapsed, copied);
    }

    static Task<CsvReader> OpenAsync(string file, CancellationToken cancel) => CsvReader.OpenAsync(File.OpenRead(file), Path.GetFileName(file), new CsvFormat((byte)','), cancel);

    static string Create(string text, string instant) => $"create table {Table} ({string.Join(", ", BenchFile.Columns.Select((name, i) => $"{name} {BenchFile.KindOf(i) switch { BenchKind.Day => "date", BenchKind.Instant => instant, _ => text }}"))})";
}
