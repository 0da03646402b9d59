using System.Data;
using System.Data.Common;

namespace Warehouse.Engines.DuckDb;

/// <summary>Columns and values of the current row.</summary>
public sealed partial class DuckDbDataReader
{
    public override string GetName(int ordinal) => columns[ordinal].Name;

    public override string GetDataTypeName(int ordinal) => columns[ordinal].Kind.SqlName;

    public override Type GetFieldType(int ordinal) => columns[ordinal].Kind.ClrType;

    /// <summary>Position of a column; case counts only between columns that differ in nothing else.</summary>
    public override int GetOrdinal(string name)
    {
        if (ordinals is null)
        {
            ordinals = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < columns.Length; i++) ordinals.TryAdd(columns[i].Name, i);
        }
        if (ordinals.TryGetValue(name, out var ordinal) && columns[ordinal].Name == name) return ordinal;
        var exact = Array.FindIndex(columns, c => c.Name == name);
        if (exact >= 0) return exact;
        return ordinals.TryGetValue(name, out ordinal) ? ordinal
            : throw new IndexOutOfRangeException($"no column '{name}'; the result has {string.Join(", ", columns.Select(c => c.Name))}");
    }

    public override bool IsDBNull(int ordinal) => columns[ordinal].IsNull(CurrentRow);

    public override object GetValue(int ordinal)
    {
        var column = columns[ordinal];
        return column.IsNull(CurrentRow) ? DBNull.Value : column.Value(row);
    }

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, columns.Length);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    /// <summary>The value as T: any number or date type that it fits, or a nullable or enum of one.</summary>
    /// <exception cref="InvalidCastException">The column's type does not go with T, or the value is null and T has no null.</exception>
    /// <exception cref="OverflowException">The value does not fit into T.</exception>
    public override T GetFieldValue<T>(int ordinal)
    {
        var column = columns[ordinal];
        if (!column.IsNull(CurrentRow)) return column.Value<T>(row);
        if (typeof(T) == typeof(object)) return (T)(object)DBNull.Value;
        return Nullable.GetUnderlyingType(typeof(T)) is not null ? default! : throw NullValue(column);
    }

    public override bool GetBoolean(int ordinal) => NotNull(ordinal).Boolean(row);

    public override byte GetByte(int ordinal) => checked((byte)NotNull(ordinal).WholeNumber(row));

    public override short GetInt16(int ordinal) => checked((short)NotNull(ordinal).WholeNumber(row));

    public override int GetInt32(int ordinal) => checked((int)NotNull(ordinal).WholeNumber(row));

    public override long GetInt64(int ordinal) => NotNull(ordinal).WholeNumber(row);

    public override float GetFloat(int ordinal) => (float)NotNull(ordinal).Double(row);

    public override double GetDouble(int ordinal) => NotNull(ordinal).Double(row);

    public override decimal GetDecimal(int ordinal) => NotNull(ordinal).Decimal(row);

    public override DateTime GetDateTime(int ordinal) => NotNull(ordinal).Instant(row);

    public override Guid GetGuid(int ordinal) => NotNull(ordinal).Uuid(row);

    public override string GetString(int ordinal) => NotNull(ordinal).Text(row);

    public override char GetChar(int ordinal) => GetString(ordinal) is [var letter] ? letter
        : throw new InvalidCastException($"column '{columns[ordinal].Name}' is not a single character");

    /// <summary>UTF-8 of a text, without a copy; valid until the next row is read.</summary>
    public ReadOnlySpan<byte> GetUtf8(int ordinal)
    {
        var column = NotNull(ordinal);
        return column.Type == DuckDbType.Varchar ? column.Bytes(row) : throw column.Mismatch(typeof(ReadOnlySpan<byte>));
    }

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        var column = NotNull(ordinal);
        if (column.Type != DuckDbType.Blob) throw column.Mismatch(typeof(byte[]));
        return Copy(column.Bytes(row), dataOffset, buffer, bufferOffset, length);
    }

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(GetString(ordinal).AsSpan(), dataOffset, buffer, bufferOffset, length);

    public override DataTable GetSchemaTable()
    {
        var schema = new DataTable("SchemaTable");
        schema.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        schema.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        schema.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        schema.Columns.Add(SchemaTableColumn.NumericPrecision, typeof(short));
        schema.Columns.Add(SchemaTableColumn.NumericScale, typeof(short));
        schema.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        schema.Columns.Add("DataTypeName", typeof(string));
        schema.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            schema.Rows.Add(column.Name, i, -1, (short)column.Precision, (short)column.Scale, column.Kind.ClrType, column.Kind.SqlName, true);
        }
        return schema;
    }

    int CurrentRow => row >= 0 && !isBeforeFirstRow ? row
        : throw new InvalidOperationException(isClosed ? "the reader is closed" : "there is no current row: call Read first");

    ResultColumn NotNull(int ordinal)
    {
        var column = columns[ordinal];
        return column.IsNull(CurrentRow) ? throw NullValue(column) : column;
    }

    static InvalidCastException NullValue(ResultColumn column) => new($"column '{column.Name}' is null in this row");

    static long Copy<T>(ReadOnlySpan<T> from, long offset, T[]? to, int at, int length)
    {
        if (to is null) return from.Length;
        var part = offset < from.Length ? from[(int)offset..] : [];
        if (part.Length > length) part = part[..length];
        part.CopyTo(to.AsSpan(at));
        return part.Length;
    }
}
