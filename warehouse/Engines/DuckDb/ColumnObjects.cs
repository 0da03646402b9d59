using System.Numerics;

namespace Warehouse.Engines.DuckDb;

/// <summary>Values of a result column as objects, or as the type that a caller names.</summary>
static class ColumnObjects
{
    /// <summary>The value, which is not null, as <see cref="ColumnKind.ClrType"/>.</summary>
    public static object Value(this ResultColumn column, int row) => column.Type switch
    {
        DuckDbType.Boolean => column.At<bool>(row),
        DuckDbType.TinyInt => column.At<sbyte>(row),
        DuckDbType.SmallInt => column.At<short>(row),
        DuckDbType.Integer => column.At<int>(row),
        DuckDbType.BigInt => column.At<long>(row),
        DuckDbType.UTinyInt => column.At<byte>(row),
        DuckDbType.USmallInt => column.At<ushort>(row),
        DuckDbType.UInteger => column.At<uint>(row),
        DuckDbType.UBigInt => column.At<ulong>(row),
        DuckDbType.Float => column.At<float>(row),
        DuckDbType.Double => column.At<double>(row),
        DuckDbType.HugeInt or DuckDbType.UHugeInt or DuckDbType.Decimal => column.Decimal(row),
        DuckDbType.Blob => column.Blob(row),
        DuckDbType.Date => column.Date(row),
        DuckDbType.Time or DuckDbType.TimeNs => column.TimeOfDay(row),
        DuckDbType.Timestamp or DuckDbType.TimestampS or DuckDbType.TimestampMs or DuckDbType.TimestampNs or DuckDbType.TimestampTz => column.Instant(row),
        DuckDbType.Interval => column.Interval(row).ToTimeSpan(),
        DuckDbType.Uuid => column.Uuid(row),
        _ => column.Text(row),
    };

    /// <summary>The value, which is not null, as a named type.</summary>
    /// <remarks>The casts through object cost nothing: for each T the JIT keeps one branch and removes the boxing.</remarks>
    public static T Value<T>(this ResultColumn column, int row)
    {
        if (typeof(T) == typeof(bool)) return (T)(object)column.Boolean(row);
        if (typeof(T) == typeof(byte)) return (T)(object)checked((byte)column.WholeNumber(row));
        if (typeof(T) == typeof(sbyte)) return (T)(object)checked((sbyte)column.WholeNumber(row));
        if (typeof(T) == typeof(short)) return (T)(object)checked((short)column.WholeNumber(row));
        if (typeof(T) == typeof(ushort)) return (T)(object)checked((ushort)column.WholeNumber(row));
        if (typeof(T) == typeof(int)) return (T)(object)checked((int)column.WholeNumber(row));
        if (typeof(T) == typeof(uint)) return (T)(object)checked((uint)column.WholeNumber(row));
        if (typeof(T) == typeof(long)) return (T)(object)column.WholeNumber(row);
        if (typeof(T) == typeof(ulong)) return (T)(object)checked((ulong)column.Wide(row));
        if (typeof(T) == typeof(float)) return (T)(object)(float)column.Double(row);
        if (typeof(T) == typeof(double)) return (T)(object)column.Double(row);
        if (typeof(T) == typeof(decimal)) return (T)(object)column.Decimal(row);
        if (typeof(T) == typeof(DateOnly)) return (T)(object)column.Date(row);
        if (typeof(T) == typeof(DateTime)) return (T)(object)column.Instant(row);
        if (typeof(T) == typeof(DateTimeOffset)) return (T)(object)new DateTimeOffset(column.Instant(row));
        if (typeof(T) == typeof(TimeOnly)) return (T)(object)column.TimeOfDay(row);
        if (typeof(T) == typeof(TimeSpan)) return (T)(object)column.Interval(row).ToTimeSpan();
        if (typeof(T) == typeof(DuckDbInterval)) return (T)(object)column.Interval(row);
        if (typeof(T) == typeof(Guid)) return (T)(object)column.Uuid(row);
        if (typeof(T) == typeof(Int128)) return (T)(object)column.Wide(row);
        if (typeof(T) == typeof(BigInteger)) return (T)(object)(BigInteger)column.Wide(row);
        return (T)Value(column, row, typeof(T));
    }

    static object Value(ResultColumn column, int row, Type wanted)
    {
        if (wanted == typeof(string)) return column.Text(row);
        if (wanted == typeof(byte[])) return column.Blob(row);
        if (wanted == typeof(object)) return column.Value(row);
        var underlying = Nullable.GetUnderlyingType(wanted);
        if (wanted.IsEnum || underlying is { IsEnum: true })
            return Enum.ToObject(underlying ?? wanted, column.WholeNumber(row));
        if (underlying is null) throw column.Mismatch(wanted);
        if (underlying == typeof(bool)) return column.Boolean(row);
        if (underlying == typeof(byte)) return column.Value<byte>(row);
        if (underlying == typeof(short)) return column.Value<short>(row);
        if (underlying == typeof(int)) return column.Value<int>(row);
        if (underlying == typeof(long)) return column.Value<long>(row);
        if (underlying == typeof(float)) return column.Value<float>(row);
        if (underlying == typeof(double)) return column.Value<double>(row);
        if (underlying == typeof(decimal)) return column.Value<decimal>(row);
        if (underlying == typeof(DateOnly)) return column.Date(row);
        if (underlying == typeof(DateTime)) return column.Instant(row);
        if (underlying == typeof(DateTimeOffset)) return column.Value<DateTimeOffset>(row);
        if (underlying == typeof(TimeOnly)) return column.TimeOfDay(row);
        if (underlying == typeof(TimeSpan)) return column.Value<TimeSpan>(row);
        if (underlying == typeof(DuckDbInterval)) return column.Interval(row);
        if (underlying == typeof(Guid)) return column.Uuid(row);
        throw column.Mismatch(wanted);
    }
}
