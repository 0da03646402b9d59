using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// Values of a result column as .NET types, none of them null. Numbers widen freely and narrow when they fit; a type
/// that does not go with the column's is an InvalidCastException that names both.
/// </summary>
static class ColumnValues
{
    const int EpochDay = 719162; // day number of 1970-01-01

    static readonly BigInteger LargestDecimal = new(decimal.MaxValue);

    public static bool Boolean(this ResultColumn column, int row) => column.Type == DuckDbType.Boolean
        ? column.At<bool>(row)
        : column.WholeNumber(row) != 0;

    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static long WholeNumber(this ResultColumn column, int row)
    {
        if (column.IsInteger()) return column.Integer(row);
        if (column.Type == DuckDbType.Decimal) return WholePart(column, column.Decimal(row));
        throw column.Mismatch(typeof(long));
    }

    public static double Double(this ResultColumn column, int row) => column.Type switch
    {
        DuckDbType.Double => column.At<double>(row),
        DuckDbType.Float => column.At<float>(row),
        _ => (double)column.Decimal(row),
    };

    public static decimal Decimal(this ResultColumn column, int row)
    {
        if (column.Type is DuckDbType.Double) return (decimal)column.At<double>(row);
        if (column.Type is DuckDbType.Float) return (decimal)column.At<float>(row);
        if (column.Type is not DuckDbType.Decimal && !column.IsInteger()) throw column.Mismatch(typeof(decimal));
        var digits = column.WideInteger(row);
        var magnitude = Int128.Abs(digits);
        if (magnitude >> 96 != 0 || column.Scale > 28) return LongDecimal(column, digits);
        var low = (ulong)magnitude;
        return new decimal((int)low, (int)(low >> 32), (int)(magnitude >> 64), digits < 0, (byte)column.Scale);
    }

    public static string Text(this ResultColumn column, int row) => column.Type switch
    {
        DuckDbType.Varchar => Encoding.UTF8.GetString(column.Bytes(row)),
        DuckDbType.Enum => column.Labels[column.Integer(row)],
        DuckDbType.List or DuckDbType.Array or DuckDbType.Map or DuckDbType.Struct => NestedText.Of(column, row),
        _ => throw column.Mismatch(typeof(string)),
    };

    public static byte[] Blob(this ResultColumn column, int row) => column.Type == DuckDbType.Blob
        ? column.Bytes(row).ToArray()
        : throw column.Mismatch(typeof(byte[]));

    /// <summary>A day; DuckDB's infinities are the first and last day that .NET knows.</summary>
    public static DateOnly Date(this ResultColumn column, int row)
    {
        if (column.Type != DuckDbType.Date) return DateOnly.FromDateTime(column.Instant(row));
        var days = column.At<int>(row);
        if (days is int.MaxValue) return DateOnly.MaxValue;
        if (days is -int.MaxValue) return DateOnly.MinValue;
        return days >= -EpochDay && days <= DateOnly.MaxValue.DayNumber - EpochDay
            ? DateOnly.FromDayNumber(days + EpochDay)
            : throw column.OutOfRange($"{days} days from 1970-01-01", typeof(DateOnly));
    }

    /// <summary>An instant, in UTC; a date is its midnight. Nanoseconds are cut to the 100 that .NET keeps.</summary>
    public static DateTime Instant(this ResultColumn column, int row)
    {
        if (column.Type == DuckDbType.Date) return column.Date(row).ToDateTime(default, DateTimeKind.Utc);
        Int128 ticksPerUnit = column.Type switch
        {
            DuckDbType.TimestampS => TimeSpan.TicksPerSecond,
            DuckDbType.TimestampMs => TimeSpan.TicksPerMillisecond,
            DuckDbType.Timestamp or DuckDbType.TimestampTz => TimeSpan.TicksPerMicrosecond,
            DuckDbType.TimestampNs => 0,
            _ => throw column.Mismatch(typeof(DateTime)),
        };
        var value = column.At<long>(row);
        if (value == long.MaxValue) return DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
        if (value == -long.MaxValue) return DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
        var ticks = DateTime.UnixEpoch.Ticks + (ticksPerUnit == 0 ? Math.DivRem(value, 100).Quotient : value * ticksPerUnit);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks, DateTimeKind.Utc)
            : throw column.OutOfRange($"{value} from 1970-01-01", typeof(DateTime));
    }

    public static TimeOnly TimeOfDay(this ResultColumn column, int row)
    {
        var ticks = column.Type switch
        {
            DuckDbType.Time => column.At<long>(row) * TimeSpan.TicksPerMicrosecond,
            DuckDbType.TimeNs => column.At<long>(row) / TimeSpan.NanosecondsPerTick,
            _ => throw column.Mismatch(typeof(TimeOnly)),
        };
        return ticks < TimeSpan.TicksPerDay ? new TimeOnly(ticks) : throw column.OutOfRange("24:00", typeof(TimeOnly));
    }

    public static DuckDbInterval Interval(this ResultColumn column, int row) => column.Type switch
    {
        DuckDbType.Interval => column.At<DuckDbInterval>(row),
        DuckDbType.Time or DuckDbType.TimeNs => DuckDbInterval.From(column.TimeOfDay(row).ToTimeSpan()),
        _ => throw column.Mismatch(typeof(TimeSpan)),
    };

    public static Guid Uuid(this ResultColumn column, int row)
    {
        if (column.Type != DuckDbType.Uuid) throw column.Mismatch(typeof(Guid));
        Span<byte> bytes = stackalloc byte[16];
        // Stored with its first bit turned round, so that it sorts as a signed number.
        BinaryPrimitives.WriteInt128BigEndian(bytes, column.At<HugeInt>(row).ToInt128() ^ (Int128.One << 127));
        return new Guid(bytes, bigEndian: true);
    }

    public static Int128 Wide(this ResultColumn column, int row) => column.IsInteger()
        ? column.WideInteger(row)
        : throw column.Mismatch(typeof(Int128));

    public static InvalidCastException Mismatch(this ResultColumn column, Type wanted) =>
        new($"column '{column.Name}' is {column.Kind.SqlName}, which is not read as {wanted.Name}");

    static OverflowException OutOfRange(this ResultColumn column, string value, Type wanted) =>
        new($"column '{column.Name}': {value} ({column.Kind.SqlName}) is out of {wanted.Name}'s range");

    static bool IsInteger(this ResultColumn column) => column.Type
        is >= DuckDbType.Boolean and <= DuckDbType.UBigInt or DuckDbType.HugeInt or DuckDbType.UHugeInt;

    static long WholePart(ResultColumn column, decimal value) => decimal.Truncate(value) == value
        ? (long)value
        : throw column.OutOfRange(value.ToString(System.Globalization.CultureInfo.InvariantCulture), typeof(long));

    // More digits than decimal keeps: the last ones after the point are cut.
    static decimal LongDecimal(ResultColumn column, Int128 digits)
    {
        var (whole, scale) = ((BigInteger)digits, column.Scale);
        while ((scale > 28 || BigInteger.Abs(whole) > LargestDecimal) && scale > 0) (whole, scale) = (whole / 10, scale - 1);
        if (BigInteger.Abs(whole) > LargestDecimal) throw column.OutOfRange(digits.ToString(), typeof(decimal));
        var bits = decimal.GetBits((decimal)whole);
        return new decimal(bits[0], bits[1], bits[2], whole.Sign < 0, (byte)scale);
    }
}
