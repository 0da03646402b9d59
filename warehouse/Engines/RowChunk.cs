namespace Warehouse.Engines;

/// <summary>
/// Typed rows in columns: what a loader fills and every engine's bulk path empties. Reused from batch to batch, so
/// that no row costs an allocation. Values of a row are set in any order and sealed by <see cref="EndRow"/>;
/// a column that was not set is null.
/// </summary>
public sealed class RowChunk
{
    readonly long[][] numbers;
    readonly bool[][] present;
    readonly TextColumn?[] texts;

    public RowChunk(TableShape shape, int capacity)
    {
        Shape = shape;
        Capacity = capacity;
        var columns = shape.Columns.Count;
        numbers = new long[columns][];
        present = new bool[columns][];
        texts = new TextColumn?[columns];
        for (var i = 0; i < columns; i++)
        {
            present[i] = new bool[capacity];
            if (shape.Columns[i].Type == ColumnType.Text) texts[i] = new TextColumn(capacity);
            else numbers[i] = new long[capacity];
        }
    }

    public TableShape Shape { get; }

    public int Capacity { get; }

    /// <summary>Rows sealed so far.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>Sets a value of the row being built: an integer of any width, a date or a timestamp (see <see cref="ColumnType"/>).</summary>
    public void Set(int column, long value)
    {
        numbers[column][Count] = value;
        present[column][Count] = true;
    }

    /// <summary>Sets a floating point value; stored as its bits.</summary>
    public void Set(int column, double value) => Set(column, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Sets a text, as UTF-8. Setting it twice in one row is not supported.</summary>
    public void Set(int column, ReadOnlySpan<byte> utf8)
    {
        texts[column]!.Append(Count, utf8);
        present[column][Count] = true;
    }

    /// <summary>Seals the row being built.</summary>
    public void EndRow()
    {
        foreach (var text in texts) text?.Seal(Count);
        Count++;
    }

    /// <summary>Forgets the row being built.</summary>
    public void DropRow()
    {
        for (var i = 0; i < present.Length; i++)
        {
            present[i][Count] = false;
            texts[i]?.Truncate(Count);
        }
    }

    /// <summary>Empties the chunk for reuse.</summary>
    public void Clear()
    {
        foreach (var column in present) Array.Clear(column);
        foreach (var text in texts) text?.Truncate(0);
        Count = 0;
    }

    /// <summary>Values of a column that is not text: integers, dates and timestamps as they are, doubles as their bits.</summary>
    public ReadOnlySpan<long> Numbers(int column) => numbers[column].AsSpan(0, Count);

    /// <summary>For each row whether the column has a value.</summary>
    public ReadOnlySpan<bool> Present(int column) => present[column].AsSpan(0, Count);

    /// <summary>UTF-8 of a text column in one row; empty where it is null.</summary>
    public ReadOnlySpan<byte> Text(int column, int row) => texts[column]!.At(row);

    /// <summary>
    /// UTF-8 of all rows of a text column, one after another, for engines that take them in one go. The garbage
    /// collector does not move them, so native code may read them until the chunk changes.
    /// </summary>
    public ReadOnlySpan<byte> TextBytes(int column) => texts[column]!.Bytes(Count);

    /// <summary>Where texts lie in <see cref="TextBytes"/>: that of row r from item r up to item r + 1.</summary>
    public ReadOnlySpan<int> TextBounds(int column) => texts[column]!.Bounds(Count);

    sealed class TextColumn(int capacity)
    {
        byte[] bytes = Unmoved(capacity * 16);
        readonly int[] ends = new int[capacity + 1]; // ends[row] = start of row, ends[row + 1] = its end
        int length;

        public void Append(int row, ReadOnlySpan<byte> utf8)
        {
            length = ends[row];
            if (length + utf8.Length > bytes.Length)
            {
                var larger = Unmoved(Math.Max(bytes.Length * 2, length + utf8.Length));
                bytes.AsSpan(0, length).CopyTo(larger);
                bytes = larger;
            }
            utf8.CopyTo(bytes.AsSpan(length));
            length += utf8.Length;
        }

        public void Seal(int row) => ends[row + 1] = length;

        public void Truncate(int row) => length = ends[row];

        public ReadOnlySpan<byte> Bytes(int rows) => bytes.AsSpan(0, ends[rows]);

        public ReadOnlySpan<int> Bounds(int rows) => ends.AsSpan(0, rows + 1);

        public ReadOnlySpan<byte> At(int row) => bytes.AsSpan(ends[row], ends[row + 1] - ends[row]);

        static byte[] Unmoved(int size) => GC.AllocateUninitializedArray<byte>(size, pinned: true);
    }
}
