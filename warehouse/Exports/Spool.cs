using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;

namespace Warehouse.Exports;

/// <summary>
/// An embedded database beside the export, through which the rows of a server go, one table after the other: they are read as
/// they come and written in batches, so that no table is ever in memory.
/// </summary>
sealed class Spool : IAsyncDisposable
{
    const int BatchRows = 16_384;
    const string Schema = "passing";

    readonly DuckDbConnection connection;
    readonly string file;
    byte[] utf8 = new byte[4096];

    Spool(DuckDbConnection connection, string file) => (this.connection, this.file) = (connection, file);

    public DuckDbConnection Connection => connection;

    public static async Task<Spool> OpenAsync(string folder, DuckDbSettings settings, CancellationToken cancel)
    {
        var file = Path.Combine(folder, ".spool.duckdb");
        var connection = new DuckDbConnection(settings.ConnectionString(file, readOnly: false, Path.Combine(folder, ".spill")));
        var spool = new Spool(connection, file);
        try
        {
            await connection.OpenAsync(cancel);
            await connection.ExecuteAsync(new CommandDefinition($"create schema {Schema}", cancellationToken: cancel));
            return spool;
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the rows of a table in.</summary>
    /// <returns>The SELECT over the spool that gives them again.</returns>
    public async Task<string> FillAsync(Session from, ExportedTable table, CancellationToken cancel)
    {
        var shape = table.Shape(Schema);
        var columns = string.Join(", ", shape.Columns.Select(column => $"\"{column.Name}\" {DuckDbEngine.TypeOf(column)}"));
        await connection.ExecuteAsync(new CommandDefinition($"create table {shape.FullName} ({columns})", cancellationToken: cancel));
        await using var command = from.Connection.CreateCommand();
        command.CommandText = from.Physical(table.Select());
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
        await using var writer = new DuckDbBulkWriter(connection, shape);
        var chunk = new RowChunk(shape, BatchRows);
        while (await reader.ReadAsync(cancel))
        {
            for (var i = 0; i < shape.Columns.Count; i++)
                if (!await reader.IsDBNullAsync(i, cancel)) Set(chunk, i, shape.Columns[i].Type, reader);
            chunk.EndRow();
            if (!chunk.IsFull) continue;
            await writer.WriteAsync(chunk, cancel);
            chunk.Clear();
        }
        await writer.WriteAsync(chunk, cancel);
        await writer.CompleteAsync(cancel);
        return $"select * from {shape.FullName}";
    }

    /// <summary>Forgets a table, and gives its room in the file to the next one.</summary>
    public Task EmptyAsync(ExportedTable table, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition($"drop table {table.Shape(Schema).FullName}; checkpoint", cancellationToken: cancel));

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        foreach (var each in (string[])[file, file + ".wal"]) File.Delete(each);
        var spill = Path.Combine(Path.GetDirectoryName(file)!, ".spill");
        if (Directory.Exists(spill)) Directory.Delete(spill, recursive: true);
    }

    void Set(RowChunk chunk, int column, ColumnType type, DbDataReader reader)
    {
        switch (type)
        {
            case ColumnType.Text: chunk.Set(column, Utf8(reader.GetString(column))); break;
            case ColumnType.BigInt: chunk.Set(column, reader.GetInt64(column)); break;
            case ColumnType.Double: chunk.Set(column, Convert.ToDouble(reader.GetValue(column), CultureInfo.InvariantCulture)); break;
            case ColumnType.Integer: chunk.Set(column, reader.GetInt32(column)); break;
            case ColumnType.SmallInt: chunk.Set(column, Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture)); break;
            case ColumnType.Date: chunk.Set(column, (reader.GetDateTime(column) - DateTime.UnixEpoch).Days); break;
            default: chunk.Set(column, (reader.GetDateTime(column).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond); break;
        }
    }

    ReadOnlySpan<byte> Utf8(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (utf8.Length < most) utf8 = new byte[most];
        return utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8));
    }
}
