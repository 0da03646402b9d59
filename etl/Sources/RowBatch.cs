namespace Etl.Sources;

/// <summary>
/// Rows as received: every field as UTF-8 text exactly as it came (numbers and dates of typed sources in their
/// invariant form), with the row's number for coordinates. Filled by a source, reused from call to call.
/// </summary>
/// <remarks>A source may read straight into <see cref="Buffer"/> and mark fields there, so that no byte is copied twice.</remarks>
public sealed class RowBatch(int columns, int capacity = 2048)
{
    readonly int[] starts = new int[columns * capacity];
    readonly int[] lengths = new int[columns * capacity];
    readonly long[] numbers = new long[capacity];
    readonly string?[] faults = new string?[capacity];

    /// <summary>Bytes that the fields point into.</summary>
    public byte[] Buffer { get; private set; } = new byte[capacity * 64];

    /// <summary>Bytes of <see cref="Buffer"/> in use.</summary>
    public int Length { get; set; }

    public int Columns => columns;

    public int Capacity => capacity;

    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    /// <summary>The row's number in its part, as a person would count it: line of the file, row of the sheet, ordinal in the answer.</summary>
    public long Number(int row) => numbers[row];

    /// <summary>Why the row cannot be read as fields at all (wrong number of fields, a NUL byte, a quote left open), or null.</summary>
    public string? Fault(int row) => faults[row];

    /// <summary>A field as received; empty where it is absent.</summary>
    public ReadOnlySpan<byte> Field(int row, int column)
    {
        var at = row * columns + column;
        return Buffer.AsSpan(starts[at], lengths[at]);
    }

    /// <summary>Makes room for <paramref name="more"/> bytes after <see cref="Length"/>; fields marked so far stay valid.</summary>
    public void Reserve(int more)
    {
        if (Length + more <= Buffer.Length) return;
        var larger = new byte[Math.Max(Buffer.Length * 2, Length + more)];
        System.Buffer.BlockCopy(Buffer, 0, larger, 0, Length);
        Buffer = larger;
    }

    /// <summary>Marks a field of the row being built by its place in <see cref="Buffer"/>.</summary>
    public void Mark(int column, int start, int length)
    {
        var at = Count * columns + column;
        starts[at] = start;
        lengths[at] = length;
    }

    /// <summary>Where the fields of the row being built start and how long they are: what <see cref="Mark"/> sets one by one.</summary>
    internal (int[] Starts, int[] Lengths, int First) Marks => (starts, lengths, Count * columns);

    /// <summary>Copies a field into the buffer and marks it.</summary>
    public void Set(int column, ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        utf8.CopyTo(Buffer.AsSpan(Length));
        Mark(column, Length, utf8.Length);
        Length += utf8.Length;
    }

    /// <summary>Encodes a field as UTF-8 into the buffer and marks it.</summary>
    public void Set(int column, string text)
    {
        Reserve(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = System.Text.Encoding.UTF8.GetBytes(text, Buffer.AsSpan(Length));
        Mark(column, Length, written);
        Length += written;
    }

    /// <summary>Seals the row being built; fields not set in it are empty.</summary>
    public void EndRow(long number, string? fault = null)
    {
        numbers[Count] = number;
        faults[Count] = fault;
        Count++;
    }

    /// <summary>Gives a sealed row a fault that showed only later; the first fault of a row stays.</summary>
    public void Refuse(int row, string fault) => faults[row] ??= fault;

    /// <summary>Empties the batch for reuse.</summary>
    public void Clear()
    {
        Array.Clear(lengths);
        Count = 0;
        Length = 0;
    }
}
