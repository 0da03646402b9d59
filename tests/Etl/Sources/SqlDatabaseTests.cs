using Etl.Sources;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Tests.Sources;

public sealed class SqlDatabaseTests : SourceTest
{
    const string Since = "select id, updated from task where @since is null or updated >= @since order by id";

    SqlDatabase Database(string query, string? watermark = null, string file = "tasks.db")
    {
        var settings = new Dictionary<string, string> { ["provider"] = "sqlite", ["connection"] = $"Data Source={PathOf(file)}", ["query"] = query };
        if (watermark is not null) settings["watermark"] = watermark;
        return new(settings);
    }

    void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={PathOf("tasks.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    void CreateTasks() => Execute("""
        create table task (id integer, updated text);
        insert into task values (1, '2025-01-01'), (2, '2025-02-01'), (3, '2025-01-15');
        """);

    [Fact]
    public async Task The_window_since_the_watermark_is_a_part()
    {
        CreateTasks();
        await using var first = await PartOf(Database(Since, "updated"));
        Assert.Equal(("query 'task'", 3L, null), (first.Name, first.ExpectedRows, first.Watermark));
        Assert.Equal(["id", "updated"], first.Columns);
        Assert.Equal([1L, 2, 3], (await RowsOf(first, capacity: 2)).Select(row => row.Number));
        Assert.Equal(("2025-02-01", 1), (first.Watermark, first.Progress));

        await using var next = await PartOf(Database(Since, "updated"), Request(watermark: "2025-01-15"));
        Assert.Equal("query 'task' since 2025-01-15", next.Name);
        Assert.Equal(["2", "3"], (await RowsOf(next)).Select(row => row.Fields[0]));
    }

    [Theory]
    [InlineData("@since is null or updated > @since", null, "1 = 1 or updated > @since")]
    [InlineData("@since IS NULL or updated > @since", "7", "1 = 0 or updated > @since")]
    [InlineData("@since is not null and updated > @since", null, "1 = 0 and updated > @since")]
    [InlineData("@since is not null and updated > @since", "7", "1 = 1 and updated > @since")]
    public void Whether_there_is_a_watermark_is_not_asked_of_the_database(string query, string? since, string asked) =>
        Assert.Equal(asked, new SqlOptions(null!, "", query, null, default).QuerySince(since));

    [Fact]
    public async Task The_same_rows_again_are_recognised_in_whatever_order_they_come()
    {
        CreateTasks();
        await using var first = await PartOf(Database("select id, updated from task order by id"));
        Assert.StartsWith("since=;rows=3;sha256=", first.Identity);
        var turned = Database("select id, updated from task order by id desc");
        Assert.Empty(await PartsOf(turned, Request(loaded: [first.Identity])));
        await first.DisposeAsync();
        Execute("update task set updated = '2025-03-01' where id = 1");
        Assert.Single(await PartsOf(turned, Request(loaded: [first.Identity])));
    }

    [Fact]
    public async Task Typed_values_become_invariant_text()
    {
        CreateTasks();
        await using var part = await PartOf(Database("select 45009 as a, 45009.5 as b, 1e16 as c, null as d, x'0AFF' as e, 'Sở' as f"));
        Assert.Equal(["45009", "45009.5", "10000000000000000", "", "0aff", "Sở"], Assert.Single(await RowsOf(part)).Fields);
    }

    [Theory]
    [InlineData("2025-03-24T17:35:46", "2025-03-24T17:35:46")]
    [InlineData("2025-03-24", "2025-03-24T00:00:00")]
    public void An_instant_keeps_its_time(string instant, string text) =>
        Assert.Equal(text, CellText.Of(DateTime.ParseExact(instant, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss"], null, default)));

    [Fact]
    public void Other_typed_values_become_invariant_text()
    {
        Assert.Equal("2025-03-24T17:35:46.5Z", CellText.Of(new DateTime(2025, 3, 24, 17, 35, 46, 500, DateTimeKind.Utc)));
        Assert.Equal("2025-03-24T17:35:46+07:00", CellText.Of(new DateTimeOffset(2025, 3, 24, 17, 35, 46, TimeSpan.FromHours(7))));
        Assert.Equal("2025-03-24", CellText.Of(new DateOnly(2025, 3, 24)));
        Assert.Equal(("1", "0", "98.620"), (CellText.Of(true), CellText.Of(false), CellText.Of(98.620m)));
        Assert.Equal("""["a","b"]""", CellText.Of(new[] { "a", "b" }));
        Assert.Equal("0.1", CellText.Of(0.1f));
    }

    [Fact]
    public async Task A_missing_database_is_absent_and_is_not_created()
    {
        var fault = await FaultOf(Database("select 1", file: "nowhere.db"));
        Assert.Equal(SourceFault.Absent, fault.Fault);
        Assert.StartsWith("query 'task': the database cannot be reached: SQLite Error 14", fault.Message);
        Assert.False(File.Exists(PathOf("nowhere.db")));
    }

    [Fact]
    public async Task A_query_that_the_database_refuses_is_a_fault_of_the_configuration()
    {
        CreateTasks();
        var fault = await FaultOf(Database("select titel from task"));
        Assert.Equal(SourceFault.Configuration, fault.Fault);
        Assert.Equal("query 'task': the database refuses: SQLite Error 1: 'no such column: titel'.", fault.Message);
        fault = await FaultOf(Database(Since, "update"));
        Assert.Equal((SourceFault.Configuration, "query 'task': has no column 'update' (watermark); did you mean 'updated'?"), (fault.Fault, fault.Message));
        fault = await FaultOf(Database("select id, updated as id from task"));
        Assert.Equal("query 'task': columns 1 and 2 have one name, 'id'", fault.Message);
    }

    [Fact]
    public async Task An_error_in_the_middle_tells_how_far_the_rows_came()
    {
        CreateTasks();
        var fault = await FaultOf(Database("select json_extract(case id when 3 then '{' else '{}' end, '$.a') as a from task"));
        Assert.StartsWith("query 'task': the database refuses after 2 rows: SQLite Error 1: 'malformed JSON'", fault.Message);
    }

    [Fact]
    public async Task A_database_that_went_bad_in_the_middle_is_absent()
    {
        Execute("create table task (id integer, text); with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) insert into task select i, hex(randomblob(200)) from n;");
        await using (var file = new FileStream(PathOf("tasks.db"), FileMode.Open, FileAccess.Write))
        {
            file.Position = file.Length / 2;
            file.Write(new byte[200_000]);
        }
        var fault = await FaultOf(Database("select id, text from task"));
        Assert.Equal(SourceFault.Absent, fault.Fault);
        Assert.Matches(@"^query 'task': the database cannot be reached after \d+ rows: SQLite Error 11", fault.Message);
    }

    [Fact]
    public async Task A_password_is_never_told()
    {
        var settings = new Dictionary<string, string> { ["provider"] = "postgres", ["connection"] = "Host=127.0.0.1;Port=1;Username=u;Password=s3cr3t-word;Timeout=2", ["query"] = "select 1" };
        var fault = await FaultOf(new SqlDatabase(settings));
        Assert.Equal(SourceFault.Absent, fault.Fault);
        Assert.DoesNotContain("s3cr3t-word", fault.ToString());
        settings["connection"] = "Hots=127.0.0.1;Password=s3cr3t-word";
        fault = await FaultOf(new SqlDatabase(settings));
        Assert.Equal((SourceFault.Configuration, "query 'task': the connection text is not one of this provider's"), (fault.Fault, fault.Message));
        Assert.DoesNotContain("s3cr3t-word", fault.ToString());
    }

    [Fact]
    public async Task An_unknown_provider_is_offered_the_nearest()
    {
        var settings = new Dictionary<string, string> { ["provider"] = "postgre", ["connection"] = "x", ["query"] = "select 1" };
        Assert.Equal("source sql › record task › provider: 'postgre' is not known; did you mean 'postgres'?", (await FaultOf(new SqlDatabase(settings))).Message);
    }
}
