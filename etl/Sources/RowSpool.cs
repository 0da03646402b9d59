using System.Runtime.InteropServices;

namespace Etl.Sources;

/// <summary>Rows of an answer, put aside in a temporary file one after another: the lengths of a row's fields, then their bytes.</summary>
sealed class RowSpool : IAsyncDisposable
{
    readonly FileStream file = TemporaryFile.Create(1 << 16);
    int[] lengths = [];
    long read;

    /// <summary>Rows put aside.</summary>
    public long Count { get; private set; }

    /// <summary>Rows read again.</summary>
    public long Read => read;

    /// <summary>Puts a row of a batch aside, after those before it.</summary>
    public void Add(RowBatch batch, int row)
    {
        if (lengths.Length != batch.Columns) lengths = new int[batch.Columns];
        for (var column = 0; column < lengths.Length; column++) lengths[column] = batch.Field(row, column).Length;
        file.Write(MemoryMarshal.AsBytes(lengths));
        for (var column = 0; column < lengths.Length; column++) file.Write(batch.Field(row, column));
        Count++;
    }

    /// <summary>Reads the next row to the end of a batch; false when there are none left. Its number is its place in the answer.</summary>
    public bool ReadTo(RowBatch batch)
    {
        if (read == Count) return false;
        if (read == 0) file.Position = 0;
        file.ReadExactly(MemoryMarshal.AsBytes(lengths.AsSpan()));
        var total = lengths.Sum();
        batch.Reserve(total);
        file.ReadExactly(batch.Buffer, batch.Length, total);
        for (var column = 0; column < lengths.Length; column++)
        {
            batch.Mark(column, batch.Length, lengths[column]);
            batch.Length += lengths[column];
        }
        batch.EndRow(++read);
        return true;
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
