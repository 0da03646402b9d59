using Dapper;
using Microsoft.Data.SqlClient;
using Tests.Engines;
using Warehouse.Engines.SqlServer;
using Xunit;

namespace Tests.BadInput;

/// <summary>What can be wrong with a SQL Server, and what is hard on it: each is a sentence that names server and database, never the password.</summary>
public sealed class SqlServerTests
{
    const string Secret = "s3cr3t-word";

    [Theory]
    [InlineData($"Server=127.0.0.1,1;Database=analytics;User ID=u;Password={Secret};Connect Timeout=5;Connect Retry Count=0", 3, "SQL Server 127.0.0.1,1, database analytics cannot be reached: ")]
    [InlineData($"Server=no-such-host.invalid;Database=analytics;User ID=u;Password={Secret};Connect Timeout=5;Connect Retry Count=0", 3, "SQL Server no-such-host.invalid, database analytics cannot be reached: ")]
    [InlineData($"Host=127.0.0.1;Password={Secret}", 2, "not one of SQL Server")]
    [InlineData($"Server=127.0.0.1;Password={Secret}", 2, "names no database")]
    public async Task A_server_that_is_not_there_or_not_named_is_said_in_a_sentence(string connection, int code, string said)
    {
        using var board = new Board { Engine = TestEngine.SqlServer, Connection = connection }.Feed();

        var ended = await board.RunAsync();

        Assert.Equal(code, ended.Code);
        Assert.Contains(said, ended.Complaints);
        Assert.DoesNotContain(Secret, ended.All);
    }

    [Fact]
    public async Task A_setting_that_there_is_not_is_wrong_use()
    {
        using var board = new Board { Engine = TestEngine.SqlServer, Connection = "Server=127.0.0.1,1;Database=analytics" }.Feed();
        board.Environment["ANALYTICS_COLUMNSTORE"] = "maybe";

        var ended = await board.RunAsync();

        Assert.Equal(2, ended.Code);
        Assert.Contains("ANALYTICS_COLUMNSTORE is 'maybe'; it is auto, on or off", ended.Complaints);
    }

    [EngineFact(TestEngine.SqlServer)]
    public async Task A_wrong_password_says_which_settings()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        await RefusedAsync(Changed(database, connection => connection.Password = Secret), "(settings 'User ID' and 'Password')");
    }

    [EngineFact(TestEngine.SqlServer)]
    public async Task A_certificate_that_is_not_trusted_says_which_setting()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        await RefusedAsync(Changed(database, connection => (connection.Encrypt, connection.TrustServerCertificate) = (SqlConnectionEncryptOption.Mandatory, false)), "'TrustServerCertificate=true'");
    }

    [EngineFact(TestEngine.SqlServer)]
    public async Task A_user_who_may_only_read_reads_and_does_not_load()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        using var board = new Board { Engine = TestEngine.SqlServer, Connection = database.Connection }.Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await board.RunWellAsync();
        string[] schemas = ["raw", "warehouse_a", "analytics_a", "staging_a"];
        var reader = FormattableString.Invariant($"reader_{Environment.ProcessId}");
        await SqlServerServer.ExecuteAsync("master", $"create login {reader} with password = '{Secret}-A1'");
        try
        {
            await SqlServerServer.ExecuteAsync(database.Connection!, $"create user {reader} for login {reader}");
            foreach (var schema in schemas) await SqlServerServer.ExecuteAsync(database.Connection!, $"grant select on schema::{schema} to {reader}");
            board.Environment["ANALYTICS_CONNECTION"] = Changed(database, connection => (connection.UserID, connection.Password) = (reader, Secret + "-A1"));

            Assert.Equal(["2"], await board.SqlAsync("select count(*) from warehouse.task_text where task_code is not null"));
            var refused = await board.RunAsync();

            Assert.True(refused.Code is 2 or 3, refused.All);
            Assert.Contains(", database analytics_test_", refused.Complaints);
            Assert.DoesNotContain(Secret, refused.All);
        }
        finally
        {
            await SqlServerServer.EndConnectionsAsync(database.Connection!);
            foreach (var schema in schemas) await SqlServerServer.ExecuteAsync(database.Connection!, $"revoke select on schema::{schema} from {reader}");
            await SqlServerServer.ExecuteAsync(database.Connection!, $"drop user {reader}");
            await SqlServerServer.ExecuteAsync("master", $"drop login {reader}");
        }
    }

    [EngineFact(TestEngine.SqlServer)]
    public async Task Letters_beyond_the_first_plane_and_long_texts_come_back_as_they_were()
    {
        var (rare, longest) = ("Việc 𠀀 😀 ơ̛ế", new string('ế', 3_999) + "𠀀");
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        using var board = new Board { Engine = TestEngine.SqlServer, Connection = database.Connection }.Feed();
        board.Write("task_1.csv", $"{Board.Head}1,2025-01-06,2025-02-01,Sở Xây dựng 𠀀,{rare}\n2,2025-01-06,2025-02-01,Sở Xây dựng,{longest}\n");

        await board.RunWellAsync();

        Assert.Equal([$"1,{rare}", $"2,{longest}"], await board.SqlAsync("select task_code, title from warehouse.task_text where task_code is not null order by task_code"));
        Assert.Contains("Sở Xây dựng 𠀀", await board.SqlAsync("select agency_name from warehouse.dim_agency order by agency_name"));
    }

    [EngineFact(TestEngine.SqlServer)]
    public async Task A_statement_that_waits_too_long_says_which_setting_and_the_next_run_succeeds()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        using var board = new Board { Engine = TestEngine.SqlServer, Connection = Changed(database, connection => connection.CommandTimeout = 15) }.Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await board.RunWellAsync();
        board.Write("task_2.csv", Board.Head + Board.Rows(3, 2));
        await using (var holding = new SqlConnection(database.Connection + ";Pooling=false"))
        {
            await holding.OpenAsync();
            await using var transaction = holding.BeginTransaction();
            await holding.ExecuteAsync("delete from raw.calendar_day", transaction: transaction);

            var late = await board.RunAsync();

            Assert.True(late.Code == 3, late.All);
            Assert.Contains("'Command Timeout'", late.Complaints);
            Assert.Contains(", database analytics_test_", late.Complaints);
        }
        await board.RunWellAsync();
        Assert.Equal(["1", "2", "3", "4"], await board.TasksAsync());
    }

    [EngineFact(TestEngine.SqlServer)]
    public async Task The_victim_of_a_deadlock_is_tried_once_more_and_it_is_told()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        await SqlServerServer.ExecuteAsync(database.Connection!, "create table pair (id integer primary key, n integer)", "insert into pair values (1, 0), (2, 0)");
        var told = new List<string>();
        await using var ours = new SqlServerConnection(new SqlConnection(database.Connection + ";Pooling=false"), "the server", 0, told.Add);
        await using var other = new SqlConnection(database.Connection + ";Pooling=false");
        await ours.OpenAsync(default);
        await other.OpenAsync();
        // Babelfish chooses whoever waited first, and knows no priorities.
        if (!await SqlServerServer.IsBabelfishAsync()) await ours.ExecuteAsync("set deadlock_priority low");
        await ours.ExecuteAsync("begin transaction");
        await ours.ExecuteAsync("update pair set n = 10 where id = 1");
        await other.ExecuteAsync("begin transaction");
        await other.ExecuteAsync("update pair set n = 20 where id = 2");

        var waiting = ours.ExecuteAsync("update pair set n = 30 where id = 2");
        await Task.Delay(200);
        await other.ExecuteAsync("update pair set n = 40 where id = 1");
        await other.ExecuteAsync("commit");
        await waiting;

        Assert.Contains("It is tried once more.", Assert.Single(told));
        Assert.Equal([40, 30], await ours.QueryAsync<int>("select n from pair order by id"));
    }

    static async Task RefusedAsync(string connection, string said)
    {
        using var board = new Board { Engine = TestEngine.SqlServer, Connection = connection }.Feed();

        var ended = await board.RunAsync();

        Assert.Equal(3, ended.Code);
        Assert.Contains("cannot be reached", ended.Complaints);
        Assert.Contains(said, ended.Complaints);
        Assert.DoesNotContain(new SqlConnectionStringBuilder(connection).Password, ended.All);
    }

    static string Changed(TestDatabase database, Action<SqlConnectionStringBuilder> change)
    {
        var connection = new SqlConnectionStringBuilder(database.Connection);
        change(connection);
        return connection.ConnectionString;
    }
}
