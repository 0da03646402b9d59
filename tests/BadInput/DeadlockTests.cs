using System.Data.Common;
using Dapper;
using Microsoft.Data.SqlClient;
using Npgsql;
using Tests.Engines;
using Tests.Sources;
using Xunit;

namespace Tests.BadInput;

/// <summary>
/// Somebody changes tables of the warehouse while a load writes into them, in the other order: the load is given up so that the other
/// can go on, is tried once more, and tells of it once, beside what the source says of itself.
/// </summary>
public sealed class DeadlockTests
{
    const string Told = "was the victim of a deadlock and tried once more";

    [EngineFact(TestEngine.Postgres)]
    public async Task A_load_that_was_the_victim_of_a_deadlock_is_tried_once_more_on_a_server()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.Postgres);
        await using var other = await PatientAsync(database);
        await WithNotesAsync(TestEngine.Postgres, database, other, () => WaitedAsync(database));
    }

    [EngineFact(TestEngine.SqlServer)]
    public async Task A_load_that_was_the_victim_of_a_deadlock_is_tried_once_more_on_SQL_Server()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.SqlServer);
        await using var other = new SqlConnection(database.Connection + ";Pooling=false");
        await other.OpenAsync();
        // Babelfish chooses whoever has waited for a second, and knows no priorities.
        if (!await SqlServerServer.IsBabelfishAsync()) await other.ExecuteAsync("set deadlock_priority high");
        await WithNotesAsync(TestEngine.SqlServer, database, other, () => Task.Delay(400));
    }

    [EngineFact(TestEngine.Postgres)]
    public async Task A_source_that_fails_after_the_deadlock_does_not_make_the_load_forget_it()
    {
        await using var database = await TestDatabase.CreateAsync(TestEngine.Postgres);
        await using var system = await TestDatabase.CreateAsync(TestEngine.Postgres);
        await using var gate = new NpgsqlConnection(system.Connection + ";Pooling=false");
        await gate.OpenAsync();
        await gate.ExecuteAsync(DatabaseGoneTests.System);
        await using var other = await PatientAsync(database);
        using var board = new Board { Engine = TestEngine.Postgres, Connection = database.Connection }.Feed(source: DatabaseGoneTests.Source(system.Connection!));

        var ended = await BecomeVictimAsync(board, other, async () =>
        {
            await WaitedAsync(database);
            // The load has read everything once; its second reading is ended in the middle.
            await gate.ExecuteAsync("update gate set at_row = (select last_value from passed) + 5000, act = 'end'");
        });

        Assert.Equal(1, Count(ended.Said, Told));
        Assert.Equal(["loaded,2"], await board.SqlAsync("select outcome_code, attempt_count from raw.run_log where step_code = 'load'"));
    }

    static async Task WithNotesAsync(string engine, TestDatabase database, DbConnection other, Func<Task> loadWaits)
    {
        using var board = new Board { Engine = engine, Connection = database.Connection };
        board.Feed(source: $"kind: workbook, settle_seconds: 0, folder: {board.Drop}");
        object[] head = ["ID", "ASSIGNED", "DUE", "UNIT", "TITLE"];
        TestWorkbook.Write(Path.Combine(board.Drop, "list.xlsx"), new("Sheet1", [head, ["1", "2025-01-06", "2025-02-01", "Sở Xây dựng", "Việc 1"]]), new("Sheet2", []));

        var ended = await BecomeVictimAsync(board, other, loadWaits);

        Assert.Equal(1, Count(ended.Said, Told));
        Assert.Equal(1, Count(ended.Said, "sheet 'Sheet2': is empty, passed over"));
        Assert.Contains("loaded 1 rows in 1 parts", ended.Said);
        Assert.Equal(["1"], await board.TasksAsync());
    }

    /// <param name="other">Of the board's database.</param>
    /// <param name="loadWaits">Returns when the load waits for the other.</param>
    static async Task<Ended> BecomeVictimAsync(Board board, DbConnection other, Func<Task> loadWaits)
    {
        board.Environment["ANALYTICS_HOLDAT"] = "PartRead";
        using var load = board.Start("run", "--feeds", board.Feeds);
        await load.SaysAsync("held at PartRead");
        // The load has written its batch, and has still to come to the keys that it settles.
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await other.ExecuteAsync("alter table raw.settled_key add probe integer", transaction: transaction);
            load.LetGo();
            await loadWaits();
            await other.ExecuteAsync("alter table raw.batch add probe integer", transaction: transaction, commandTimeout: 120);
            await transaction.RollbackAsync();
        }
        var ended = await load.EndAsync();
        Assert.True(ended.Code == 0, ended.All);
        return ended;
    }

    /// <summary>A connection beside which the load is the victim: whoever has waited for so long looks whether it waits for itself.</summary>
    static async Task<NpgsqlConnection> PatientAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(database.Connection + ";Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync($"alter database {connection.Database} set deadlock_timeout = '2s'; set deadlock_timeout = '10min'");
        return connection;
    }

    static async Task WaitedAsync(TestDatabase database)
    {
        await using var watching = new NpgsqlConnection(database.Connection + ";Pooling=false");
        await watching.OpenAsync();
        while (await watching.ExecuteScalarAsync<long>("select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())") == 0) await Task.Delay(20);
    }

    static int Count(string text, string said) => text.Split(said).Length - 1;
}
