using System.Buffers.Binary;
using System.Data;
using Npgsql;

namespace Warehouse.Engines.Postgres;

/// <summary>
/// Rows into one table by binary COPY. The bytes are laid out here, from the chunk's own columns: through the driver each value would be a call
/// of its own, and each text a string, which took longer than all that the server does with them (measured 2026-11-22).
/// </summary>
sealed class PostgresBulkWriter(NpgsqlConnection connection, TableShape table) : IBulkWriter
{
    /// <summary>Sent when it is this full; a text that is longer has it grown.</summary>
    const int BufferBytes = 64 << 10;

    /// <summary>Signature, no flags, no extension.</summary>
    static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>PostgreSQL counts days and instants from 2000-01-01.</summary>
    static readonly int EpochDay = new DateOnly(2000, 1, 1).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    static readonly long EpochMicroseconds = EpochDay * (TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond);

    NpgsqlRawCopyStream? stream;
    byte[] buffer = new byte[BufferBytes];
    int filled;

    public async ValueTask WriteAsync(RowChunk chunk, CancellationToken cancel)
    {
        if (stream is null)
        {
            var columns = string.Join(", ", table.Columns.Select(column => column.Name));
            stream = await connection.BeginRawBinaryCopyAsync($"copy {table.FullName} ({columns}) from stdin (format binary)", cancel);
            Header.CopyTo(Room(Header.Length));
        }
        for (var row = 0; row < chunk.Count; row++)
        {
            Put((short)table.Columns.Count);
            for (var column = 0; column < table.Columns.Count; column++) Put(chunk, column, row);
            if (filled >= BufferBytes) await SendAsync(stream, cancel);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancel)
    {
        if (stream is not { } whole) return;
        // In place of a number of columns: the end.
        Put((short)-1);
        await SendAsync(whole, cancel);
        stream = null;
        await whole.DisposeAsync();
    }

    /// <summary>Rows that were not completed are forgotten by the server, too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stream is not { } given) return;
        stream = null;
        if (connection.State == ConnectionState.Open) await given.CancelAsync();
    }

    async ValueTask SendAsync(NpgsqlRawCopyStream to, CancellationToken cancel)
    {
        await to.WriteAsync(buffer.AsMemory(0, filled), cancel);
        filled = 0;
    }

    void Put(RowChunk chunk, int column, int row)
    {
        if (!chunk.Present(column)[row])
        {
            Put(-1);
            return;
        }
        if (table.Columns[column].Type == ColumnType.Text)
        {
            var text = chunk.Text(column, row);
            Put(text.Length);
            text.CopyTo(Room(text.Length));
            return;
        }
        var number = chunk.Numbers(column)[row];
        switch (table.Columns[column].Type)
        {
            case ColumnType.Integer: PutSized((int)number); break;
            case ColumnType.SmallInt: PutSized((short)number); break;
            case ColumnType.Date: PutSized((int)number - EpochDay); break;
            case ColumnType.Timestamp: PutSized(number - EpochMicroseconds); break;
            // Of a double the chunk holds the bits.
            default: PutSized(number); break;
        }
    }

    void PutSized(short value)
    {
        Put(sizeof(short));
        Put(value);
    }

    void PutSized(int value)
    {
        Put(sizeof(int));
        Put(value);
    }

    void PutSized(long value)
    {
        Put(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Room(sizeof(long)), value);
    }

    void Put(short value) => BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), value);

    void Put(int value) => BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), value);

    /// <summary>The next bytes of the buffer.</summary>
    Span<byte> Room(int bytes)
    {
        if (buffer.Length - filled < bytes) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, filled + bytes));
        filled += bytes;
        return buffer.AsSpan(filled - bytes, bytes);
    }
}
