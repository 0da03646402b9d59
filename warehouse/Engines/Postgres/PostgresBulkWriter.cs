using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Warehouse.Engines.Postgres;

/// <summary>Rows into one table by binary COPY.</summary>
sealed class PostgresBulkWriter(NpgsqlConnection connection, TableShape table) : IBulkWriter
{
    static readonly DateTime Epoch = DateTime.SpecifyKind(DateTime.UnixEpoch, DateTimeKind.Unspecified);

    /// <summary>PostgreSQL counts days from 2000-01-01. As a number, because of a DateOnly the driver turns 9999-12-31 into infinity.</summary>
    static readonly int EpochDay = new DateOnly(2000, 1, 1).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    NpgsqlBinaryImporter? importer;

    public async ValueTask WriteAsync(RowChunk chunk, CancellationToken cancel)
    {
        var columns = string.Join(", ", table.Columns.Select(column => column.Name));
        importer ??= await connection.BeginBinaryImportAsync($"copy {table.FullName} ({columns}) from stdin (format binary)", cancel);
        // The importer buffers: its asynchronous calls complete at once except when the buffer is sent.
        for (var row = 0; row < chunk.Count; row++)
        {
            await importer.StartRowAsync(cancel);
            for (var column = 0; column < table.Columns.Count; column++) await WriteAsync(importer, chunk, column, row, cancel);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancel)
    {
        if (importer is not null) await importer.CompleteAsync(cancel);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (importer is null) return;
        await importer.DisposeAsync();
        importer = null;
    }

    Task WriteAsync(NpgsqlBinaryImporter to, RowChunk chunk, int column, int row, CancellationToken cancel)
    {
        if (!chunk.Present(column)[row]) return to.WriteNullAsync(cancel);
        if (table.Columns[column].Type == ColumnType.Text) return to.WriteAsync(Encoding.UTF8.GetString(chunk.Text(column, row)), NpgsqlDbType.Text, cancel);
        var number = chunk.Numbers(column)[row];
        return table.Columns[column].Type switch
        {
            ColumnType.BigInt => to.WriteAsync(number, NpgsqlDbType.Bigint, cancel),
            ColumnType.Integer => to.WriteAsync((int)number, NpgsqlDbType.Integer, cancel),
            ColumnType.SmallInt => to.WriteAsync((short)number, NpgsqlDbType.Smallint, cancel),
            ColumnType.Double => to.WriteAsync(BitConverter.Int64BitsToDouble(number), NpgsqlDbType.Double, cancel),
            ColumnType.Date => to.WriteAsync((int)number - EpochDay, NpgsqlDbType.Date, cancel),
            _ => to.WriteAsync(Epoch.AddTicks(number * 10), NpgsqlDbType.Timestamp, cancel),
        };
    }
}
