using System.Data;
using System.Numerics;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Engines.DuckDb;

public sealed class ParameterTests : IDisposable
{
    readonly DuckDbConnection connection = new(":memory:");

    public ParameterTests() => connection.Open();

    public void Dispose() => connection.Dispose();

    public static TheoryData<object, string> Values => new()
    {
        { true, "BOOLEAN" }, { (sbyte)-1, "TINYINT" }, { (short)-2, "SMALLINT" }, { -3, "INTEGER" }, { -4L, "BIGINT" },
        { (byte)1, "UTINYINT" }, { (ushort)2, "USMALLINT" }, { 3u, "UINTEGER" }, { 4ul, "UBIGINT" },
        { 0.5f, "FLOAT" }, { -0.25, "DOUBLE" }, { 0.05m, "DECIMAL(2,2)" }, { -123456789012345678901.5m, "DECIMAL(22,1)" },
        { "Thừa Thiên Huế, một văn bản dài", "VARCHAR" }, { "", "VARCHAR" },
        { new DateOnly(2026, 2, 3), "DATE" }, { new TimeOnly(1, 2, 3), "TIME" },
        { new DateTime(2026, 2, 3, 4, 5, 6, 7, DateTimeKind.Utc), "TIMESTAMP" },
        { new TimeSpan(-2, -3, 0, 0), "INTERVAL" }, { Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), "UUID" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_as_it_was_given(object value, string type)
    {
        using var command = new DuckDbCommand("select $v, typeof($v)", connection);
        command.Parameters.Add("v", value);
        using var reader = command.ExecuteReader();
        reader.Read();

        Assert.Equal(value, reader.GetValue(0));
        Assert.Equal(type, reader.GetString(1));
    }

    [Fact]
    public void Values_that_DuckDB_widens_come_back_too()
    {
        Assert.Equal(new byte[] { 0, 1, 255 }, connection.Scalar("select $v", ("v", new byte[] { 0, 1, 255 })));
        Assert.Equal(-5m, connection.Scalar("select $v", ("v", new BigInteger(-5))));
        Assert.Equal("x", connection.Scalar("select $v", ("v", 'x')));
        Assert.Equal((int)DayOfWeek.Friday, connection.Scalar("select $v", ("v", DayOfWeek.Friday)));
        Assert.Equal(new DateTime(2026, 1, 1, 17, 0, 0, DateTimeKind.Utc),
            connection.Scalar("select $v", ("v", new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.FromHours(7)))));
    }

    [Fact]
    public void Null_is_null_whichever_way_it_is_given()
    {
        Assert.Equal(true, connection.Scalar("select $a is null and $b is null", ("a", null), ("b", DBNull.Value)));
    }

    [Fact]
    public void A_DateTime_of_type_Date_is_a_day()
    {
        using var command = new DuckDbCommand("select $d", connection);
        command.Parameters.Add("d", new DateTime(2026, 5, 6, 7, 8, 9)).DbType = DbType.Date;

        Assert.Equal(new DateOnly(2026, 5, 6), command.ExecuteScalar());
    }

    [Fact]
    public void Names_work_with_either_sign_and_in_any_case()
    {
        Assert.Equal(33, connection.Scalar("select @Low + $high * @low", ("@low", 3), ("HIGH", 10)));
    }

    [Fact]
    public void Question_marks_take_values_in_order_across_statements()
    {
        using var command = new DuckDbCommand("create temp table t (a int, b int); insert into t values (?, ?); select a * 100 + b * 10 + ? from t", connection);
        foreach (var value in (int[])[1, 2, 3]) command.Parameters.Add("", value);

        Assert.Equal(123, command.ExecuteScalar());
    }

    [Fact]
    public void A_parameter_without_value_is_named()
    {
        var error = Assert.Throws<DuckDbException>(() => connection.Scalar("select $province", ("agency", 1)));

        Assert.Equal("parameter 'province' has no value; the command has agency", error.Message);
    }

    [Fact]
    public void A_value_of_unknown_type_is_named()
    {
        var error = Assert.Throws<DuckDbException>(() => connection.Scalar("select $v", ("v", new Uri("http://localhost"))));

        Assert.Equal("parameter 'v': DuckDB has no type for System.Uri", error.Message);
    }

    [Theory]
    [InlineData("select @a", "select $a")]
    [InlineData("select '@a', @b", "select '@a', $b")]
    [InlineData("select 'it''s @a' || @b", "select 'it''s @a' || $b")]
    [InlineData(@"select E'\'@a' || @b", @"select E'\'@a' || $b")]
    [InlineData("select \"@a\" -- @b\n, @c", "select \"@a\" -- @b\n, $c")]
    [InlineData("select /* @a /* @b */ @c */ @d", "select /* @a /* @b */ @c */ $d")]
    [InlineData("select $$ @a $$ || $t$ $$ @b $t$ || @c", "select $$ @a $$ || $t$ $$ @b $t$ || $c")]
    [InlineData("where due<@today and x in (@ids1,@ids2)", "where due<$today and x in ($ids1,$ids2)")]
    [InlineData("select list @> [1], a@b, 'open", "select list @> [1], a@b, 'open")]
    [InlineData("select @ngày", "select $ngày")]
    public void At_names_outside_quotes_and_comments_become_dollar_names(string sql, string expected)
    {
        Assert.Equal(expected, ParameterNames.ToDollar(sql));
    }
}
