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

/// <summary>What the rows of a query are, whatever their order: how many, and a hash that any changed value changes.</summary>
sealed record SqlFingerprint(long Rows, string Hash)
{
    public static async Task<SqlFingerprint> TakeAsync(SqlSession session, CancellationToken cancel)
    {
        await using var rows = await session.QueryAsync(cancel);
        // A sum of the rows' hashes: a database may deliver the same rows in another order.
        var sum = BigInteger.Zero;
        var line = new StringBuilder();
        while (await rows.ReadAsync(cancel))
        {
            line.Clear();
            for (var column = 0; column < rows.Columns.Count; column++) line.Append(rows.Text(column)).Append('\0');
            sum += new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(line.ToString())), isUnsigned: true);
        }
        var names = string.Join('\0', rows.Columns);
        return new(rows.Count, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{names}\0\0{sum}"))));
    }
}

/// <summary>One window of a query. A row's number is its place in the result.</summary>
sealed class SqlPart(string name, string identity, long expected, string? watermark, SqlRows rows, SqlSession session) : SourcePart
{
    readonly WatermarkTracker greatest = new();
    readonly int mark = watermark is null ? -1 : rows.Columns.Index().First(column => column.Item == watermark).Index;

    public override bool IsWindow => true;

    public override string Name => name;

    public override string Identity => identity;

    public override IReadOnlyList<string> Columns => rows.Columns;

    public override long? ExpectedRows => expected;

    public override double? Progress => expected == 0 ? 1 : (double)rows.Count / expected;

    public override string? Watermark => greatest.Greatest;

    public override async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancel)
    {
        while (!batch.IsFull && await rows.ReadAsync(cancel))
        {
            for (var column = 0; column < Columns.Count; column++)
            {
                var text = rows.Text(column);
                batch.Set(column, text);
                if (column == mark) greatest.See(text);
            }
            batch.EndRow(rows.Count);
        }
        return batch.Count > 0;
    }

    public override async ValueTask DisposeAsync()
    {
        await rows.DisposeAsync();
        await session.DisposeAsync();
    }
}
