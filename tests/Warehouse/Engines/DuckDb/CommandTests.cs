using System.Data;
using System.Diagnostics;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Engines.DuckDb;

public sealed class CommandTests : IDisposable
{
    // Minutes of work in any state of optimisation.
    const string Endless = "select sum(a.range * b.range % 7) from range(10000000) a, range(10000000) b";

    readonly DuckDbConnection connection = new(":memory:");

    public CommandTests() => connection.Open();

    public void Dispose() => connection.Dispose();

    [Fact]
    public void Statements_run_in_order_and_each_query_is_a_result()
    {
        using var command = new DuckDbCommand("create table t (a int); insert into t values (1), (2); select a from t; update t set a = 3; select sum(a)::int from t", connection);
        using var reader = command.ExecuteReader();

        Assert.True(reader.Read());
        Assert.Equal(1, reader.GetInt32(0));
        Assert.True(reader.NextResult());
        Assert.True(reader.Read());
        Assert.Equal(6, reader.GetInt32(0));
        Assert.False(reader.Read());
        Assert.False(reader.NextResult());
        Assert.Equal(4, reader.RecordsAffected);
    }

    [Fact]
    public void Changed_rows_are_counted_and_other_statements_give_minus_one()
    {
        Assert.Equal(-1, connection.Run("create table t (a int)"));
        Assert.Equal(3, connection.Run("insert into t select range from range(3)"));
        Assert.Equal(2, connection.Run("delete from t where a > 0"));
        Assert.Equal(-1, connection.Run(""));
        Assert.Null(connection.Scalar("select a from t where a > 5"));
    }

    [Fact]
    public void Closing_a_reader_runs_the_remaining_statements()
    {
        connection.Run("create table t (a int)");
        using (var command = new DuckDbCommand("select 1; insert into t values (1)", connection))
        using (command.ExecuteReader()) { }

        Assert.Equal(1L, connection.Scalar("select count(*) from t"));
    }

    [Fact]
    public void Rows_beyond_one_chunk_are_all_read_once_and_in_order()
    {
        using var command = new DuckDbCommand("select range, 'task number ' || range from range(10000)", connection);
        using var reader = command.ExecuteReader();
        var expected = 0L;
        while (reader.Read())
        {
            Assert.Equal(expected, reader.GetInt64(0));
            Assert.Equal($"task number {expected}", reader.GetString(1));
            expected++;
        }

        Assert.Equal(10_000, expected);
        Assert.False(reader.Read());
        Assert.True(reader.HasRows);
    }

    [Fact]
    public void Columns_describe_themselves_even_without_rows()
    {
        using var command = new DuckDbCommand("select 1::bigint as Id, 2.5::decimal(9,2) as rate where false", connection);
        using var reader = command.ExecuteReader();
        var schema = reader.GetSchemaTable();

        Assert.False(reader.HasRows);
        Assert.False(reader.Read());
        Assert.Equal(["Id", "rate"], Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        Assert.Equal(0, reader.GetOrdinal("ID"));
        Assert.Equal(typeof(decimal), schema.Rows[1]["DataType"]);
        Assert.Equal((short)2, schema.Rows[1]["NumericScale"]);
        Assert.Contains("Id, rate", Assert.Throws<IndexOutOfRangeException>(() => reader.GetOrdinal("x")).Message);
    }

    [Fact]
    public void Errors_carry_the_words_of_DuckDB_and_the_statement()
    {
        Assert.Contains("does not exist", Assert.Throws<DuckDbException>(() => connection.Run("select * from nowhere")).Message);
        Assert.Contains("syntax error", Assert.Throws<DuckDbException>(() => connection.Run("selec 1")).Message);
        Assert.StartsWith("statement 2 of 3: Conversion Error",
            Assert.Throws<DuckDbException>(() => connection.Run("select 1; select 'x'::int; select 2")).Message);
        Assert.Equal(1, connection.Scalar("select 1"));
    }

    [Fact]
    public void An_error_in_the_middle_of_the_rows_is_raised()
    {
        using var command = new DuckDbCommand("select case when range = 900000 then error('row 900000 is bad') else range end from range(1000000)", connection);
        var error = Assert.Throws<DuckDbException>(() =>
        {
            using var reader = command.ExecuteReader();
            while (reader.Read()) { }
        });

        Assert.Contains("row 900000 is bad", error.Message);
    }

    [Fact]
    public async Task Cancelling_stops_a_long_query()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        using var command = new DuckDbCommand(Endless, connection);
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(cancel.Token));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"stopped after {watch.Elapsed}");
        Assert.Equal(1, connection.Scalar("select 1"));
    }

    [Fact]
    public async Task A_cancelled_token_runs_nothing()
    {
        connection.Run("create table t (a int)");
        using var command = new DuckDbCommand("insert into t values (1)", connection);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteNonQueryAsync(new CancellationToken(true)));

        Assert.Equal(0L, connection.Scalar("select count(*) from t"));
    }

    [Fact]
    public void The_time_limit_stops_a_long_query()
    {
        using var command = new DuckDbCommand(Endless, connection) { CommandTimeout = 1 };

        var error = Assert.Throws<DuckDbException>(() => command.ExecuteScalar());

        Assert.True(error.IsInterrupted);
        Assert.IsType<TimeoutException>(error.InnerException);
    }

    [Fact]
    public async Task Cancel_from_another_thread_stops_the_query()
    {
        using var command = new DuckDbCommand(Endless, connection);
        using var finished = new CancellationTokenSource();
        var canceller = Task.Run(async () =>
        {
            while (!finished.IsCancellationRequested)
            {
                await Task.Delay(50);
                command.Cancel();
            }
        });

        Assert.True(Assert.Throws<DuckDbException>(() => command.ExecuteScalar()).IsInterrupted);
        finished.Cancel();
        await canceller;
    }

    [Fact]
    public void Only_one_reader_is_open_at_a_time_and_the_message_says_so()
    {
        using var command = new DuckDbCommand("select range from range(100000)", connection);
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            Assert.Contains("reader open", Assert.Throws<InvalidOperationException>(() => connection.Run("select 1")).Message);
        }
        Assert.Equal(1, connection.Scalar("select 1"));
    }

    [Fact]
    public void Values_are_out_of_reach_before_and_after_the_rows()
    {
        using var command = new DuckDbCommand("select 1", connection);
        var reader = command.ExecuteReader();
        Assert.Throws<InvalidOperationException>(() => reader.GetInt32(0));
        Assert.True(reader.Read());
        Assert.Equal(1, reader.GetInt32(0));
        reader.Dispose();

        Assert.True(reader.IsClosed);
        Assert.Throws<ObjectDisposedException>(() => reader.Read());
    }

    [Fact]
    public void Closing_the_connection_with_the_reader_is_possible()
    {
        using var command = new DuckDbCommand("select 1", connection);
        command.ExecuteReader(CommandBehavior.CloseConnection).Dispose();

        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [Fact]
    public void Progress_is_known_only_when_it_is_counted()
    {
        Assert.Equal(-1, connection.Progress);
    }
}
