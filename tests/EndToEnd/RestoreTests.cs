using Tests.BadInput;
using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>The verb <c>restore</c>: what it goes back to, when it refuses, and what the next run makes of it.</summary>
public sealed class RestoreTests
{
    [EngineFact(TestEngine.DuckDb)]
    public Task A_file_is_gone_back_to_until_a_run_begins_to_work_in_it() => GoesBackAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task A_slot_of_a_server_is_gone_back_to_until_a_run_begins_to_work_in_it() => GoesBackAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task A_slot_of_SQL_Server_is_gone_back_to_until_a_run_begins_to_work_in_it() => GoesBackAsync(TestEngine.SqlServer);

    static async Task GoesBackAsync(string engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        using var board = new Board { Engine = engine, Connection = database.Connection }.Feed();
        board.Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await RefusedAsync(board);
        await board.RunWellAsync();
        await RefusedAsync(board);

        board.Write("task_2.csv", Board.Head + Board.Rows(3, 2));
        await board.RunWellAsync();
        Assert.Contains("state 1 still stands: 'restore' goes back to it", (await board.CallAsync("status")).Said);

        var restored = await board.CallAsync("restore");
        Assert.True(restored.Code == 0, restored.All);
        Assert.Contains("published state 3, which is state 1 again", restored.Said);
        Assert.Equal(["1", "2"], await board.TasksAsync());
        var status = await board.CallAsync("status");
        Assert.Contains("published state 3 on", status.Said);
        Assert.Contains("state 2 still stands", status.Said);
        Assert.Contains("exit 0", status.Said);

        // Back and forth, while nobody works.
        Assert.Contains("published state 4, which is state 2 again", (await board.CallAsync("restore")).Said);
        Assert.Equal(["1", "2", "3", "4"], await board.TasksAsync());
        Assert.Contains("published state 5, which is state 3 again", (await board.CallAsync("restore")).Said);

        // What was loaded for the state that was left is not lost.
        board.Write("task_3.csv", Board.Head + Board.Rows(5, 1));
        Assert.Contains("published state 6", (await board.RunWellAsync()).Said);
        Assert.Equal(["1", "2", "3", "4", "5"], await board.TasksAsync());

        Assert.Equal(0, (await board.CallAsync("load", "--feeds", board.Feeds)).Code);
        await RefusedAsync(board);
        Assert.Contains("no state to go back to", (await board.CallAsync("status")).Said);
        Assert.Equal(["1", "2", "3", "4", "5"], await board.TasksAsync());
    }

    static async Task RefusedAsync(Board board)
    {
        var refused = await board.CallAsync("restore");
        Assert.Equal(2, refused.Code);
        Assert.Contains("there is no state to go back to", refused.Complaints);
    }
}
