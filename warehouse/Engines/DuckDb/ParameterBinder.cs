using System.Buffers.Binary;
using System.Data;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// Gives a prepared statement its values: by name where the statement has names, else in order. Names that a
/// statement does not use are passed over, because the statements of a command share its parameters.
/// </summary>
static unsafe class ParameterBinder
{
    /// <param name="taken">How many parameters earlier statements of the command took by place; moved on.</param>
    /// <exception cref="DuckDbException">A parameter has no value, or one of a type that DuckDB does not know.</exception>
    public static void Bind(PreparedHandle prepared, DuckDbParameterCollection parameters, ref int taken)
    {
        var count = Native.ParameterCount(prepared);
        for (ulong i = 1; i <= count; i++)
        {
            var name = Native.TakeText(Native.ParameterName(prepared, i)) ?? "";
            var parameter = Find(name, parameters, ref taken);
            if (BindValue(prepared, i, parameter, parameter.Value) != 0)
                throw new DuckDbException($"parameter '{name}': {Native.Text(Native.PrepareError(prepared)) ?? "DuckDB does not accept the value"}");
        }
    }

    // DuckDB calls the parameters that stand as ? by their number within the statement.
    static DuckDbParameter Find(string name, DuckDbParameterCollection parameters, ref int taken)
    {
        var index = parameters.IndexOf(name);
        if (index < 0 && name.All(char.IsAsciiDigit)) index = taken++;
        return index >= 0 && index < parameters.Count
            ? parameters.Items[index]
            : throw new DuckDbException($"parameter '{name}' has no value; the command has {Listed(parameters)}");
    }

    static string Listed(DuckDbParameterCollection parameters) => parameters.Count == 0
        ? "no parameters"
        : string.Join(", ", parameters.Items.Select(p => p.ParameterName.Length > 0 ? p.ParameterName : "(by place)"));

    static int BindValue(PreparedHandle prepared, ulong index, DuckDbParameter parameter, object? value) => value switch
    {
        null or DBNull => Native.BindNull(prepared, index),
        string text => BindText(prepared, index, text),
        long number => Native.Bind(prepared, index, number),
        int number => Native.Bind(prepared, index, number),
        bool flag => Native.Bind(prepared, index, flag),
        double number => Native.Bind(prepared, index, number),
        decimal number => Native.Bind(prepared, index, Wide(number)),
        DateOnly day => Native.BindDate(prepared, index, Days(day)),
        DateTime instant when parameter.DbType == DbType.Date => Native.BindDate(prepared, index, Days(DateOnly.FromDateTime(instant))),
        // An instant without a zone is taken for UTC, as everything stored is.
        DateTime instant => Native.BindTimestamp(prepared, index, Micros(instant.Kind == DateTimeKind.Local ? instant.ToUniversalTime() : instant)),
        DateTimeOffset instant => Native.BindTimestampTz(prepared, index, Micros(instant.UtcDateTime)),
        TimeOnly time => Native.BindTime(prepared, index, time.Ticks / TimeSpan.TicksPerMicrosecond),
        TimeSpan span => Native.Bind(prepared, index, DuckDbInterval.From(span)),
        DuckDbInterval span => Native.Bind(prepared, index, span),
        Guid guid => BindGuid(prepared, index, guid),
        byte[] bytes => BindBlob(prepared, index, bytes),
        ReadOnlyMemory<byte> bytes => BindBlob(prepared, index, bytes.Span),
        short number => Native.Bind(prepared, index, number),
        sbyte number => Native.Bind(prepared, index, number),
        byte number => Native.Bind(prepared, index, number),
        ushort number => Native.Bind(prepared, index, number),
        uint number => Native.Bind(prepared, index, number),
        ulong number => Native.Bind(prepared, index, number),
        float number => Native.Bind(prepared, index, number),
        Int128 number => Native.Bind(prepared, index, HugeInt.From(number)),
        BigInteger number => Native.Bind(prepared, index, HugeInt.From((Int128)number)),
        char letter => BindText(prepared, index, letter.ToString()),
        Enum member => BindValue(prepared, index, parameter, Convert.ChangeType(member, member.GetTypeCode(), CultureInfo.InvariantCulture)),
        _ => throw new DuckDbException($"parameter '{parameter.ParameterName}': DuckDB has no type for {value.GetType()}"),
    };

    static int BindText(PreparedHandle prepared, ulong index, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = utf8) return Native.BindText(prepared, index, start, (ulong)utf8.Length);
    }

    static int BindBlob(PreparedHandle prepared, ulong index, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes) return Native.BindBlob(prepared, index, start, (ulong)bytes.Length);
    }

    static int BindGuid(PreparedHandle prepared, ulong index, Guid guid)
    {
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        var value = Native.CreateUuid(HugeInt.From(BinaryPrimitives.ReadInt128BigEndian(bytes)));
        var state = Native.BindValue(prepared, index, value);
        Native.DestroyValue(ref value);
        return state;
    }

    static WideDecimal Wide(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        var digits = new Int128((uint)bits[2], (ulong)(uint)bits[1] << 32 | (uint)bits[0]);
        var width = 1;
        for (var rest = digits / 10; rest > 0; rest /= 10) width++;
        return new WideDecimal
        {
            Width = (byte)Math.Max(width, number.Scale),
            Scale = number.Scale,
            Value = HugeInt.From(decimal.IsNegative(number) ? -digits : digits),
        };
    }

    static int Days(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    static long Micros(DateTime instant) => (instant.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
