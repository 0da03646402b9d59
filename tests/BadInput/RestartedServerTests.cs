using Dapper;
using Microsoft.Data.SqlClient;
using Npgsql;
using Tests.Engines;
using Xunit;

namespace Tests.BadInput;

/// <summary>
/// The server of the warehouse restarts in the middle of a load of two parts: the run says that it went away, readers find what was
/// published, and the next run goes on at the first part that was not kept.
/// </summary>
public sealed class RestartedServerTests
{
    const string FirstIsRead = "PartRead", FirstIsSettled = "PartSettled", FirstIsKept = "PartCommitted";

    [EngineTheory(TestEngine.Postgres)]
    [InlineData(FirstIsRead, "loaded 5 rows in 2 parts")]
    [InlineData(FirstIsSettled, "loaded 5 rows in 2 parts")]
    [InlineData(FirstIsKept, "loaded 3 rows in 1 parts")]
    public async Task A_load_goes_on_at_the_part_that_was_not_kept_on_a_server(string step, string resumed)
    {
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        using var board = new Board { Engine = TestEngine.Postgres, Connection = database };
        await RestartAsync(board, step, resumed, async () =>
        {
            // The servers of the tests keep what is committed a moment later than others do.
            await using (var connection = new NpgsqlConnection(database + ";Pooling=false")) await connection.ExecuteAsync("checkpoint", commandType: System.Data.CommandType.Text);
            await server.StopAsync();
        }, async () =>
        {
            await server.StartAsync();
            NpgsqlConnection.ClearAllPools();
        });
    }

    [EngineTheory(TestEngine.SqlServer)]
    [InlineData(FirstIsRead, "loaded 5 rows in 2 parts")]
    [InlineData(FirstIsSettled, "loaded 5 rows in 2 parts")]
    [InlineData(FirstIsKept, "loaded 3 rows in 1 parts")]
    public async Task A_load_goes_on_at_the_part_that_was_not_kept_on_SQL_Server(string step, string resumed)
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        var address = new SqlConnectionStringBuilder(database.Connection);
        var (host, port) = SqlServerServer.Address(address.DataSource);
        await using var between = new Relay(host, port);
        address.DataSource = FormattableString.Invariant($"127.0.0.1,{between.Port}");
        address.ConnectRetryCount = 0;
        using var board = new Board { Engine = TestEngine.SqlServer, Connection = address.ConnectionString };

        await RestartAsync(board, step, resumed, () =>
        {
            between.Leave();
            return Task.CompletedTask;
        }, () =>
        {
            between.Return();
            return Task.CompletedTask;
        });
    }

    static async Task RestartAsync(Board board, string step, string resumed, Func<Task> stop, Func<Task> start)
    {
        board.Feed().Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        board.Write("task_2.csv", Board.Head + Board.Rows(3, 2));
        board.Write("task_3.csv", Board.Head + Board.Rows(5, 3));
        board.Environment["ANALYTICS_HOLDAT"] = step;
        Ended failed;
        using (var load = board.Start("run", "--feeds", board.Feeds))
        {
            await load.SaysAsync($"held at {step}");
            await stop();
            load.LetGo();
            failed = await load.EndAsync();
        }
        board.Environment.Remove("ANALYTICS_HOLDAT");
        var absent = await board.RunAsync();
        await start();

        Assert.True(failed.Code == 3, failed.All);
        Assert.Contains("went away", failed.Complaints);
        Assert.DoesNotContain("   at ", failed.All);
        Assert.Equal(3, absent.Code);
        Assert.Contains("cannot be reached", absent.Complaints);
        Assert.Equal(before, await board.PublishedAsync());

        var next = await board.RunWellAsync();

        Assert.Contains(resumed, next.Said);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], await board.TasksAsync());
        Assert.Equal(["7"], await board.SqlAsync("select sum(accepted_count) from raw.batch"));
    }
}
