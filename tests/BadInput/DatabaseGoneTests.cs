using Npgsql;
using Tests.Engines;
using Xunit;

namespace Tests.BadInput;

/// <summary>Databases that go away in the middle: the one that is read, and the one that is loaded into.</summary>
public sealed class DatabaseGoneTests
{
    const int Rows = 20_000;

    /// <summary>A system of tasks whose rows pass a gate: at the row asked for it ends the connection, or waits for whoever holds the lock.</summary>
    internal const string System = """
        create table task (id integer, title text);
        insert into task select i, repeat('Việc ', 20) from generate_series(1, 20000) as i;
        create sequence passed;
        create table gate (at_row bigint, act text);
        insert into gate values (0, '');
        create function pass(id integer) returns integer language plpgsql as $$
        declare asked gate;
        begin
            if nextval('passed') = (select at_row from gate) then
                select * into asked from gate;
                if asked.act = 'end' then perform pg_terminate_backend(pg_backend_pid()); end if;
                if asked.act = 'wait' then perform pg_advisory_lock_shared(1); end if;
            end if;
            return id;
        end $$;
        """;

    const string Query = "select cast(pass(id) as text) as \\\"ID\\\", '2025-01-06' as \\\"ASSIGNED\\\", '2025-02-01' as \\\"DUE\\\", 'Sở Xây dựng' as \\\"UNIT\\\", title as \\\"TITLE\\\" from task";

    internal static string Source(string connection) => $"kind: sql, provider: postgres, connection: \"{connection};Password=pa55word\", query: \"{Query}\"";

    [EngineTheory(TestEngine.Postgres)]
    [InlineData(5_000)]
    [InlineData(15_000)]
    public async Task A_source_that_ends_the_connection_is_absent_and_is_read_whole_by_the_next_run(int atRow)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        using var board = new Board();
        board.Feed("first").Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        await ExecuteAsync(database, System + $"update gate set at_row = {atRow}, act = 'end'");
        board.Feed(source: Source(database) + ", attempts: 1");

        var failed = await board.RunAsync();

        Assert.Equal(3, failed.Code);
        Assert.Matches(@"board › task: FAILED: query 'task': the database cannot be reached after \d{4,5} rows: ", failed.Complaints);
        Assert.DoesNotContain("pa55word", failed.All);
        Assert.Equal(before, await board.PublishedAsync());

        await board.RunWellAsync();
        Assert.Equal([$"{Rows + 2}"], await board.SqlAsync("select count(*) from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null"));
        await server.DropDatabaseAsync(database);
    }

    [EngineFact(TestEngine.Postgres)]
    public async Task A_source_is_asked_once_and_has_its_connection_back_while_its_rows_are_loaded()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        using var board = new Board();
        await ExecuteAsync(database, System);
        board.Feed(source: Source(database));
        board.Environment["ANALYTICS_HOLDAT"] = "PartRead";

        await using (var gate = new NpgsqlConnection(database))
        {
            await gate.OpenAsync();
            using var load = board.Start("run", "--feeds", board.Feeds);
            await load.SaysAsync("held at PartRead");
            Assert.Equal(0, await ValueAsync(gate, "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'"));
            load.LetGo();
            Assert.Equal(0, (await load.EndAsync()).Code);
            Assert.Equal(Rows, await ValueAsync(gate, "select last_value from passed"));
        }
        await server.DropDatabaseAsync(database);
    }

    [EngineTheory(TestEngine.Postgres)]
    [InlineData(5_000)]
    [InlineData(15_000)]
    public async Task A_source_that_ends_the_connection_once_is_tried_again_in_the_same_run(int atRow)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        using var board = new Board();
        await ExecuteAsync(database, System + $"update gate set at_row = {atRow}, act = 'end'");
        board.Feed(source: Source(database));

        var ended = await board.RunWellAsync();

        Assert.DoesNotContain("FAILED", ended.All);
        Assert.Equal([$"{Rows}"], await board.SqlAsync("select count(*) from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null"));
        Assert.Equal([$"loaded,2,{Rows}"], await board.SqlAsync("select outcome_code, attempt_count, accepted_count from raw.run_log where step_code = 'load'"));
        await server.DropDatabaseAsync(database);
    }

    [EngineFact(TestEngine.Postgres)]
    public async Task An_engine_that_goes_away_during_a_load_is_absent_and_the_next_run_succeeds()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await using var engine = await PostgresServer.StartNewAsync();
        using var board = new Board { Engine = "postgres" };
        board.Environment["ANALYTICS_CONNECTION"] = await engine.CreateDatabaseAsync();
        board.Feed("first").Write("task_1.csv", Board.Head + Board.Rows(1, 2));
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        await ExecuteAsync(database, System + $"update gate set at_row = 15000, act = 'wait'");
        board.Feed(source: Source(database));

        Ended failed;
        await using (var gate = new NpgsqlConnection(database))
        {
            await gate.OpenAsync();
            await ExecuteAsync(gate, "select pg_advisory_lock(1)");
            using var load = board.Start("run", "--feeds", board.Feeds);
            while (await ValueAsync(gate, "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())") == 0) await Task.Delay(50);
            await engine.StopAsync();
            await ExecuteAsync(gate, "select pg_advisory_unlock(1)");
            failed = await load.EndAsync();
        }

        Assert.True(failed.Code == 3, failed.All);
        Assert.Matches(@"PostgreSQL 127\.0\.0\.1:\d+, database test_\d+ went away", failed.Complaints);
        Assert.DoesNotContain("   at ", failed.All);
        var absent = await board.RunAsync();
        Assert.Equal(3, absent.Code);
        Assert.Contains("cannot be reached", absent.Complaints);

        await engine.StartAsync();
        Assert.Equal(before, await board.PublishedAsync());
        await board.RunWellAsync();
        Assert.Equal([$"{Rows + 2}"], await board.SqlAsync("select count(*) from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null"));
        await server.DropDatabaseAsync(database);
    }

    static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await ExecuteAsync(connection, sql);
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<long> ValueAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
