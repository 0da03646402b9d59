using System.Data.Common;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Etl.Sources;

/// <summary>The rows of a running query, each value as invariant text.</summary>
/// <param name="failed">The exception for an error after so many rows.</param>
sealed class SqlRows(DbCommand command, DbDataReader reader, Func<DbException, long, SourceException> failed) : IAsyncDisposable
{
    public IReadOnlyList<string> Columns { get; } = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];

    public long Count { get; private set; }

    public async ValueTask<bool> ReadAsync(CancellationToken cancel)
    {
        try
        {
            if (!await reader.ReadAsync(cancel)) return false;
            Count++;
            return true;
        }
        catch (DbException e)
        {
            throw failed(e, Count);
        }
    }

    /// <summary>A value of the current row as text.</summary>
    public string Text(int column)
    {
        try
        {
            // SqlClient gives a day as an instant, other drivers as a day.
            return reader.IsDBNull(column) ? "" : CellText.Of(reader.GetValue(column), dayAtMidnight: reader.GetDataTypeName(column) == "date");
        }
        catch (DbException e)
        {
            throw failed(e, Count);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await command.DisposeAsync();
    }
}

/// <summary>What a query answered since the watermark: its rows put aside, and what they are, whatever their order: how many, and a hash that any changed value changes.</summary>
sealed record SqlWindow(IReadOnlyList<string> Columns, long Rows, string Hash)
{
    /// <summary>Reads the whole answer into the spool.</summary>
    public static async Task<SqlWindow> FetchAsync(SqlSession session, RowSpool spool, CancellationToken cancel)
    {
        await using var rows = await session.QueryAsync(cancel);
        // A sum of the rows' hashes: a database may deliver the same rows in another order.
        var sum = BigInteger.Zero;
        var row = new RowBatch(rows.Columns.Count, capacity: 1);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await rows.ReadAsync(cancel))
        {
            row.Clear();
            for (var column = 0; column < rows.Columns.Count; column++)
            {
                row.Set(column, rows.Text(column));
                sha.AppendData(row.Field(0, column));
                sha.AppendData("\0"u8);
            }
            sum += new BigInteger(sha.GetHashAndReset(), isUnsigned: true);
            row.EndRow(rows.Count);
            spool.Add(row, 0);
        }
        var names = string.Join('\0', rows.Columns);
        return new(rows.Columns, rows.Count, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{names}\0\0{sum}"))));
    }
}

/// <summary>One window of a query. A row's number is its place in the result.</summary>
sealed class SqlPart(string name, string identity, string? watermark, SqlWindow window, RowSpool spool) : SourcePart
{
    readonly WatermarkTracker greatest = new();
    readonly int mark = watermark is null ? -1 : window.Columns.Index().First(column => column.Item == watermark).Index;

    public override bool IsWindow => true;

    public override string Name => name;

    public override string Identity => identity;

    public override IReadOnlyList<string> Columns => window.Columns;

    public override long? ExpectedRows => window.Rows;

    public override double? Progress => window.Rows == 0 ? 1 : (double)spool.Read / window.Rows;

    public override string? Watermark => greatest.Greatest;

    public override ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        while (!batch.IsFull && spool.ReadTo(batch))
            if (mark >= 0) greatest.See(Encoding.UTF8.GetString(batch.Field(batch.Count - 1, mark)));
        return ValueTask.FromResult(batch.Count > 0);
    }

    public override ValueTask DisposeAsync() => spool.DisposeAsync();
}
