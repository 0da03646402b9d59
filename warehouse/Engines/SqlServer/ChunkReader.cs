using System.Collections;
using System.Data.Common;
using System.Text;
using System.Threading.Channels;

namespace Warehouse.Engines.SqlServer;

/// <summary>
/// Rows for SqlBulkCopy, which asks for them, from chunks, which a loader hands over: a row is read where it lies, and a chunk goes back when its
/// last row was read.
/// </summary>
/// <param name="place">Server and database, for messages.</param>
sealed class ChunkReader(TableShape table, string place) : DbDataReader
{
    readonly Channel<RowChunk> offered = Channel.CreateBounded<RowChunk>(1);
    readonly Channel<bool> emptied = Channel.CreateUnbounded<bool>();
    readonly string?[] lastTexts = new string?[table.Columns.Count];
    RowChunk? chunk;
    int row;

    /// <summary>Rows handed over so far.</summary>
    public long Rows { get; private set; }

    public override int FieldCount => table.Columns.Count;

    public override int Depth => 0;

    public override bool HasRows => true;

    public override bool IsClosed => false;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <summary>Hands a chunk over and waits until it is read to its end.</summary>
    public async Task OfferAsync(RowChunk rows, CancellationToken cancel)
    {
        await offered.Writer.WriteAsync(rows, cancel);
        await emptied.Reader.ReadAsync(cancel);
    }

    /// <summary>There are no more rows; with an error the copy fails.</summary>
    public void End(Exception? error = null) => offered.Writer.TryComplete(error);

    public override bool Read() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (chunk is not null && ++row < chunk.Count)
        {
            Rows++;
            return Yes;
        }
        return ReadNextAsync(cancellationToken);
    }

    async Task<bool> ReadNextAsync(CancellationToken cancel)
    {
        do
        {
            if (chunk is not null) emptied.Writer.TryWrite(true);
            (chunk, row) = (null, 0);
            if (!await offered.Reader.WaitToReadAsync(cancel)) return false;
            chunk = await offered.Reader.ReadAsync(cancel);
        }
        while (chunk.Count == 0);
        Rows++;
        return true;
    }

    public override bool IsDBNull(int ordinal) => !chunk!.Present(ordinal)[row];

    public override object GetValue(int ordinal)
    {
        if (IsDBNull(ordinal)) return DBNull.Value;
        var column = table.Columns[ordinal];
        if (column.Type == ColumnType.Text) return Text(ordinal, column);
        var number = chunk!.Numbers(ordinal)[row];
        return column.Type switch
        {
            ColumnType.BigInt => number,
            ColumnType.Integer => (int)number,
            ColumnType.SmallInt => (short)number,
            ColumnType.Double => BitConverter.Int64BitsToDouble(number),
            ColumnType.Date => DateTime.UnixEpoch.AddDays(number),
            _ => DateTime.UnixEpoch.AddTicks(number * 10),
        };
    }

    public override Type GetFieldType(int ordinal) => table.Columns[ordinal].Type switch
    {
        ColumnType.BigInt => typeof(long),
        ColumnType.Integer => typeof(int),
        ColumnType.SmallInt => typeof(short),
        ColumnType.Double => typeof(double),
        ColumnType.Date or ColumnType.Timestamp => typeof(DateTime),
        _ => typeof(string),
    };

    public override string GetName(int ordinal) => table.Columns[ordinal].Name;

    public override int GetOrdinal(string name) => table[name];

    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    public override bool NextResult() => false;

    public override int GetValues(object[] values)
    {
        for (var i = 0; i < FieldCount; i++) values[i] = GetValue(i);
        return FieldCount;
    }

    public override bool GetBoolean(int ordinal) => (bool)GetValue(ordinal);

    public override byte GetByte(int ordinal) => (byte)GetValue(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override char GetChar(int ordinal) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override DateTime GetDateTime(int ordinal) => (DateTime)GetValue(ordinal);

    public override decimal GetDecimal(int ordinal) => (decimal)GetValue(ordinal);

    public override double GetDouble(int ordinal) => (double)GetValue(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override float GetFloat(int ordinal) => (float)GetValue(ordinal);

    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();

    public override short GetInt16(int ordinal) => (short)GetValue(ordinal);

    public override int GetInt32(int ordinal) => (int)GetValue(ordinal);

    public override long GetInt64(int ordinal) => (long)GetValue(ordinal);

    public override string GetString(int ordinal) => (string)GetValue(ordinal);

    /// <summary>Codes and names repeat from row to row: the text of the row before is taken where it is the same.</summary>
    string Text(int ordinal, Column column)
    {
        var utf8 = chunk!.Text(ordinal, row);
        if (lastTexts[ordinal] is { } last && last.Length <= utf8.Length && IsSame(last, utf8)) return last;
        var text = Encoding.UTF8.GetString(utf8);
        if (SqlServerEngine.RoomOf(column) is { } room && text.Length > room)
            throw new SqlServerException($"{place}: {table.FullName}.{column.Name} has room for {room} characters, and a row brings {text.Length}: '{text[..40]}…'");
        return lastTexts[ordinal] = text;
    }

    static bool IsSame(string text, ReadOnlySpan<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[256];
        return Encoding.UTF8.TryGetBytes(text, bytes, out var length) && bytes[..length].SequenceEqual(utf8);
    }

    static readonly Task<bool> Yes = Task.FromResult(true);
}
