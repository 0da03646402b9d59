using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// Moves up to 2048 rows of a <see cref="RowChunk"/> into a DuckDB chunk, column by column: numbers are copied or
/// narrowed, texts are pointed to where they lie, because the appender copies them itself.
/// </summary>
static unsafe class VectorFiller
{
    public static DuckDbType TypeOf(ColumnType type) => type switch
    {
        ColumnType.BigInt => DuckDbType.BigInt,
        ColumnType.Integer => DuckDbType.Integer,
        ColumnType.SmallInt => DuckDbType.SmallInt,
        ColumnType.Double => DuckDbType.Double,
        ColumnType.Date => DuckDbType.Date,
        ColumnType.Timestamp => DuckDbType.Timestamp,
        ColumnType.Text => DuckDbType.Varchar,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "DuckDB has no column type for it"),
    };

    /// <summary>Fills the chunk, which then points into the rows: they must stay as they are until it was appended.</summary>
    /// <param name="rowsBefore">Rows written earlier, for naming the row of an error.</param>
    /// <exception cref="DuckDbException">A number does not fit its column, or a text is not UTF-8.</exception>
    public static void Fill(ChunkHandle chunk, RowChunk rows, int from, int count, long rowsBefore)
    {
        Native.ResetChunk(chunk);
        for (var column = 0; column < rows.Shape.Columns.Count; column++)
        {
            var vector = Native.ChunkVector(chunk, (ulong)column);
            var data = Native.VectorData(vector);
            var present = rows.Present(column).Slice(from, count);
            var badRow = rows.Shape.Columns[column].Type switch
            {
                ColumnType.Text => FillTexts((StringEntry*)data, rows, column, from, present.Length),
                ColumnType.Integer or ColumnType.Date => Narrow(rows.Numbers(column).Slice(from, count), present, (int*)data),
                ColumnType.SmallInt => Narrow(rows.Numbers(column).Slice(from, count), present, (short*)data),
                _ => Copy(rows.Numbers(column).Slice(from, count), (long*)data),
            };
            if (badRow >= 0) throw BadValue(rows, column, from + badRow, rowsBefore + badRow);
            if (present.Contains(false)) MarkNulls(vector, present);
        }
        Native.SetChunkSize(chunk, (ulong)count);
    }

    static int Copy(ReadOnlySpan<long> from, long* to)
    {
        from.CopyTo(new Span<long>(to, from.Length));
        return -1;
    }

    // One pass without branches finds whether any number lost bits; only then is the row looked for.
    static int Narrow(ReadOnlySpan<long> from, ReadOnlySpan<bool> present, int* to)
    {
        long lost = 0;
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = (int)from[i];
            lost |= from[i] ^ (int)from[i];
        }
        return lost == 0 ? -1 : FirstOutside(from, present, int.MinValue, int.MaxValue);
    }

    static int Narrow(ReadOnlySpan<long> from, ReadOnlySpan<bool> present, short* to)
    {
        long lost = 0;
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = (short)from[i];
            lost |= from[i] ^ (short)from[i];
        }
        return lost == 0 ? -1 : FirstOutside(from, present, short.MinValue, short.MaxValue);
    }

    // A null leaves whatever number an earlier batch had in its place: it does not count.
    static int FirstOutside(ReadOnlySpan<long> numbers, ReadOnlySpan<bool> present, long least, long most)
    {
        for (var i = 0; i < numbers.Length; i++)
            if (present[i] && (numbers[i] < least || numbers[i] > most)) return i;
        return -1;
    }

    static int FillTexts(StringEntry* entries, RowChunk rows, int column, int from, int count)
    {
        var bounds = rows.TextBounds(column).Slice(from, count + 1);
        var bytes = rows.TextBytes(column);
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)); // they do not move
        var isUtf8 = Utf8.IsValid(bytes[bounds[0]..bounds[^1]]);
        for (var i = 0; i < count; i++)
        {
            var text = start + bounds[i];
            var length = bounds[i + 1] - bounds[i];
            // All texts together are UTF-8; none is cut within a character if none starts with a later byte of one.
            isUtf8 &= length == 0 || (text[0] & 0xC0) != 0x80;
            entries[i] = default;
            entries[i].Length = length;
            if (length <= StringEntry.MostInlined)
            {
                Unsafe.CopyBlockUnaligned(entries[i].Inlined, text, (uint)length);
            }
            else
            {
                Unsafe.CopyBlockUnaligned(entries[i].Inlined, text, 4);
                entries[i].Pointer = text;
            }
        }
        return isUtf8 ? -1 : FirstNotUtf8(rows, column, from, count);
    }

    static int FirstNotUtf8(RowChunk rows, int column, int from, int count)
    {
        for (var row = from; row < from + count; row++)
            if (!Utf8.IsValid(rows.Text(column, row))) return row - from;
        return -1;
    }

    // 64 flags of a byte each become 64 bits.
    static void MarkNulls(nint vector, ReadOnlySpan<bool> present)
    {
        Native.EnsureValidityWritable(vector);
        var mask = Native.VectorValidity(vector);
        var flags = MemoryMarshal.Cast<bool, byte>(present);
        for (; flags.Length >= 64; flags = flags[64..])
            *mask++ = Vector512.GreaterThan(Vector512.Create(flags), Vector512<byte>.Zero).ExtractMostSignificantBits();
        if (flags.Length == 0) return;
        *mask = 0;
        for (var i = 0; i < flags.Length; i++) *mask |= (ulong)flags[i] << i;
    }

    static DuckDbException BadValue(RowChunk rows, int column, int row, long rowInAll)
    {
        var (name, type, _) = rows.Shape.Columns[column];
        var what = type == ColumnType.Text ? "the text is not UTF-8" : $"{rows.Numbers(column)[row]} does not fit {type}";
        return new DuckDbException($"{rows.Shape.FullName} › row {rowInAll + 1} of the bulk write › {name}: {what}");
    }
}
