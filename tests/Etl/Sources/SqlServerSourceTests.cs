using Etl.Sources;
using Microsoft.Data.SqlClient;
using Tests.Engines;
using Xunit;

namespace Tests.Sources;

/// <summary>A SQL Server as a source: the same windows and watermarks as of the other databases.</summary>
public sealed class SqlServerSourceTests : SourceTest
{
    const string Since = "select id, title, due, updated from task where @since is null or updated >= @since order by id";

    [EngineFact(TestEngine.SqlServer)]
    public async Task The_window_since_the_watermark_is_a_part()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        await SqlServerServer.ExecuteAsync(database.Connection!,
            "create table task (id integer, title nvarchar(100), due date, updated datetime2(6))",
            "insert into task values (1, N'Việc 𠀀', '2025-03-01', '2025-01-01 08:30:00.123456'), (2, N'b', null, '2025-02-01'), (3, N'c', '2025-03-03', '2025-01-15 23:59:59.999999')");

        await using var first = await PartOf(Database(database.Connection!, "updated"));
        Assert.Equal(("query 'task'", 3L, null), (first.Name, first.ExpectedRows, first.Watermark));
        Assert.Equal(["Việc 𠀀", "2025-03-01", "2025-01-01T08:30:00.123456"], (await RowsOf(first)).First().Fields.Skip(1));
        Assert.Equal("2025-02-01T00:00:00", first.Watermark);

        await using (var same = await PartOf(Database(database.Connection!, "updated"))) Assert.Equal(first.Identity, same.Identity);
        await using var next = await PartOf(Database(database.Connection!, "updated"), Request(watermark: "2025-01-15T23:59:59.999999"));
        Assert.Equal(["2", "3"], (await RowsOf(next)).Select(row => row.Fields[0]));
    }

    [EngineFact(TestEngine.SqlServer)]
    public async Task A_number_is_a_watermark_too()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        await SqlServerServer.ExecuteAsync(database.Connection!, "create table task (id integer, title nvarchar(100), due date, updated bigint)", "insert into task values (1, N'a', null, 9), (2, N'b', null, 10)");

        await using var first = await PartOf(Database(database.Connection!, "updated"));
        await RowsOf(first);
        Assert.Equal("10", first.Watermark);

        await using var next = await PartOf(Database(database.Connection!, "updated"), Request(watermark: "10"));
        Assert.Equal(["2"], (await RowsOf(next)).Select(row => row.Fields[0]));
    }

    [EngineFact(TestEngine.SqlServer)]
    public async Task A_wrong_password_says_which_setting_and_not_the_password()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        var wrong = new SqlConnectionStringBuilder(database.Connection) { Password = "s3cr3t-word" }.ConnectionString;

        var error = await Assert.ThrowsAsync<SourceException>(() => PartOf(Database(wrong, "updated")));

        Assert.Equal(SourceFault.Absent, error.Fault);
        Assert.Contains("'User ID' and 'Password'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t-word", error.Message, StringComparison.Ordinal);
    }

    static SqlDatabase Database(string connection, string watermark) =>
        new(new Dictionary<string, string> { ["provider"] = "sqlserver", ["connection"] = connection, ["query"] = Since, ["watermark"] = watermark, ["attempts"] = "1" });
}
