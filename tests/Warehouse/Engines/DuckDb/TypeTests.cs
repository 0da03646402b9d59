using System.Numerics;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Engines.DuckDb;

public sealed class TypeTests : IDisposable
{
    readonly DuckDbConnection connection = new("Data Source=:memory:");

    public TypeTests() => connection.Open();

    public void Dispose() => connection.Dispose();

    public static TheoryData<string, object, string> Values => new()
    {
        { "true", true, "BOOLEAN" },
        { "(-128)::tinyint", (sbyte)-128, "TINYINT" },
        { "(-32768)::smallint", (short)-32768, "SMALLINT" },
        { "(-2147483648)::integer", int.MinValue, "INTEGER" },
        { "9223372036854775807::bigint", long.MaxValue, "BIGINT" },
        { "255::utinyint", (byte)255, "UTINYINT" },
        { "65535::usmallint", (ushort)65535, "USMALLINT" },
        { "4294967295::uinteger", uint.MaxValue, "UINTEGER" },
        { "18446744073709551615::ubigint", ulong.MaxValue, "UBIGINT" },
        { "sum(5::bigint)", 5m, "HUGEINT" },
        { "(-79228162514264337593543950335)::hugeint", decimal.MinValue, "HUGEINT" },
        { "7::uhugeint", 7m, "UHUGEINT" },
        { "1.5::float", 1.5f, "FLOAT" },
        { "(-2.25)::double", -2.25, "DOUBLE" },
        { "12.3::decimal(4,1)", 12.3m, "DECIMAL(4,1)" },
        { "(-12345.678)::decimal(9,3)", -12345.678m, "DECIMAL(9,3)" },
        { "123456789012.34::decimal(18,2)", 123456789012.34m, "DECIMAL(18,2)" },
        { "(-12345678901234567890.123456)::decimal(38,6)", -12345678901234567890.123456m, "DECIMAL(38,6)" },
        { "'Đà Nẵng'", "Đà Nẵng", "VARCHAR" },
        { "'twelve bytes'", "twelve bytes", "VARCHAR" },
        { "''", "", "VARCHAR" },
        { "'đúng hạn'::enum('quá hạn', 'đúng hạn')", "đúng hạn", "ENUM" },
        { "date '2026-02-28'", new DateOnly(2026, 2, 28), "DATE" },
        { "date '0001-01-01'", DateOnly.MinValue, "DATE" },
        { "date 'infinity'", DateOnly.MaxValue, "DATE" },
        { "time '23:59:58.123456'", new TimeOnly(23, 59, 58, 123, 456), "TIME" },
        { "timestamp '2026-01-02 03:04:05.678901'", Utc(5, 678, 901), "TIMESTAMP" },
        { "timestamp_s '2026-01-02 03:04:05'", Utc(5), "TIMESTAMP_S" },
        { "timestamp_ms '2026-01-02 03:04:05.678'", Utc(5, 678), "TIMESTAMP_MS" },
        { "timestamp_ns '2026-01-02 03:04:05.678901'", Utc(5, 678, 901), "TIMESTAMP_NS" },
        { "timestamptz '2026-01-02 10:04:05+07'", Utc(5), "TIMESTAMP WITH TIME ZONE" },
        { "timestamp '1900-01-01'", new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc), "TIMESTAMP" },
        { "interval '3 days 02:00:00'", new TimeSpan(3, 2, 0, 0), "INTERVAL" },
        { "uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", new Guid("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), "UUID" },
        { "[1, null, 3]", "[1, NULL, 3]", "INTEGER[]" },
        { "[1, 2]::integer[2]", "[1, 2]", "INTEGER[2]" },
        { "{'code': 'T1', 'days': [1, 2]}", "{'code': T1, 'days': [1, 2]}", "STRUCT(code VARCHAR, days INTEGER[])" },
        { "map {'a': 1, 'b': null}", "{a=1, b=NULL}", "MAP(VARCHAR, INTEGER)" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_type_is_read_as_its_NET_type(string sql, object expected, string typeName)
    {
        using var command = new DuckDbCommand($"select {sql} as v", connection);
        using var reader = command.ExecuteReader();

        Assert.True(reader.Read());
        Assert.Equal(expected, reader.GetValue(0));
        Assert.Equal(expected.GetType(), reader.GetFieldType(0));
        Assert.Equal(typeName, reader.GetDataTypeName(0));
        if (expected is DateTime instant) Assert.Equal(instant.Kind, reader.GetDateTime(0).Kind);
    }

    [Fact]
    public void Blobs_are_read_as_bytes_whole_and_in_parts()
    {
        using var command = new DuckDbCommand(@"select '\x00\xFF'::blob || 'a blob of many bytes'::blob", connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        var part = new byte[3];

        Assert.Equal([0, 255, (byte)'a'], ((byte[])reader.GetValue(0))[..3]);
        Assert.Equal(3, reader.GetBytes(0, 1, part, 0, 3));
        Assert.Equal([255, (byte)'a', (byte)' '], part);
    }

    [Theory]
    [InlineData("boolean")]
    [InlineData("bigint")]
    [InlineData("hugeint")]
    [InlineData("decimal(18,3)")]
    [InlineData("varchar")]
    [InlineData("blob")]
    [InlineData("date")]
    [InlineData("timestamp")]
    [InlineData("interval")]
    [InlineData("uuid")]
    [InlineData("integer[]")]
    public void Null_of_any_type_is_DBNull(string type)
    {
        using var command = new DuckDbCommand($"select null::{type} as v", connection);
        using var reader = command.ExecuteReader();
        reader.Read();

        Assert.True(reader.IsDBNull(0));
        Assert.Equal(DBNull.Value, reader.GetValue(0));
        Assert.Null(reader.GetFieldValue<long?>(0));
        Assert.Contains("'v' is null", Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<long>(0)).Message);
    }

    [Fact]
    public void Typed_getters_widen_and_narrow_numbers_that_fit()
    {
        using var command = new DuckDbCommand("select 7::smallint, 7::hugeint, 7.00::decimal(9,2), 300, 1.5::double", connection);
        using var reader = command.ExecuteReader();
        reader.Read();

        Assert.Equal(7L, reader.GetInt64(0));
        Assert.Equal(7m, reader.GetDecimal(0));
        Assert.Equal(7, reader.GetInt32(1));
        Assert.Equal((BigInteger)7, reader.GetFieldValue<BigInteger>(1));
        Assert.Equal(7, reader.GetFieldValue<int?>(2));
        Assert.Equal(7.0, reader.GetDouble(2));
        Assert.Throws<OverflowException>(() => reader.GetByte(3));
        Assert.Equal(1.5m, reader.GetDecimal(4));
        Assert.Contains("is INTEGER", Assert.Throws<InvalidCastException>(() => reader.GetString(3)).Message);
    }

    [Fact]
    public void A_date_can_be_read_as_either_date_type()
    {
        Assert.Equal(new DateOnly(2026, 3, 1), connection.First<DateOnly>("select date '2026-03-01'"));
        Assert.Equal(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), connection.First<DateTime>("select date '2026-03-01'"));
        Assert.Equal(new DateOnly(2026, 3, 1), connection.First<DateOnly?>("select timestamp '2026-03-01 12:00'"));
        Assert.Equal(DayOfWeek.Tuesday, connection.First<DayOfWeek>("select 2"));
    }

    [Fact]
    public void Hugeint_beyond_decimal_is_read_as_a_big_integer()
    {
        const string largest = "170141183460469231731687303715884105727";

        Assert.Equal(BigInteger.Parse(largest), connection.First<BigInteger>($"select {largest}::hugeint as v"));
        Assert.Contains("'v'", Assert.Throws<OverflowException>(() => connection.Scalar($"select {largest}::hugeint as v")).Message);
    }

    [Fact]
    public void An_interval_with_months_keeps_them()
    {
        Assert.Equal(new DuckDbInterval(14, 3, 1_000_000), connection.First<DuckDbInterval>("select interval '1 year 2 months 3 days 1 second'"));
        Assert.Throws<InvalidCastException>(() => connection.First<TimeSpan>("select interval '1 month'"));
    }

    [Fact]
    public void A_type_that_is_not_read_says_to_cast_it()
    {
        var error = Assert.Throws<DuckDbException>(() => connection.Scalar("select '101'::bit as flags"));

        Assert.Contains("'flags'", error.Message);
        Assert.Contains("cast it to varchar", error.Message);
    }

    static DateTime Utc(int second, int millisecond = 0, int microsecond = 0) =>
        new(2026, 1, 2, 3, 4, second, millisecond, microsecond, DateTimeKind.Utc);
}
