using Dapper;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Engines.DuckDb;

public sealed class DapperTests : IDisposable
{
    readonly DuckDbConnection connection = new(":memory:");

    public DapperTests()
    {
        connection.Open();
        connection.Execute("""
            create table task (id bigint, code varchar, due_date date, changed_at timestamp, days integer, is_late boolean, rate decimal(9,2));
            insert into task values
                (1, 'T1', date '2026-01-31', timestamp '2026-01-01 08:00:00', 30, false, 0.25),
                (2, 'T2', null, null, null, true, null)
            """);
    }

    public void Dispose() => connection.Dispose();

    sealed record TaskRow(long Id, string Code, DateOnly? DueDate, DateTime? ChangedAt, int? Days, bool IsLate, decimal? Rate);

    sealed class TaskClass
    {
        public int Id { get; init; }
        public string? Code { get; init; }
        public DateOnly? DueDate { get; init; }
        public DateTime? ChangedAt { get; init; }
        public double? Rate { get; init; }
    }

    sealed class TaskWithDateTime
    {
        public DateTime DueDate { get; init; }
    }

    const string Columns = "id, code, due_date as DueDate, changed_at as ChangedAt, days, is_late as IsLate, rate";

    [Fact]
    public void Rows_become_records()
    {
        var rows = connection.Query<TaskRow>($"select {Columns} from task order by id").AsList();

        Assert.Equal(new TaskRow(1, "T1", new DateOnly(2026, 1, 31), new DateTime(2026, 1, 1, 8, 0, 0), 30, false, 0.25m), rows[0]);
        Assert.Equal(new TaskRow(2, "T2", null, null, null, true, null), rows[1]);
    }

    [Fact]
    public void Rows_become_objects_of_wider_and_narrower_types()
    {
        var rows = connection.Query<TaskClass>($"select {Columns} from task order by id").AsList();

        Assert.Equal(1, rows[0].Id);
        Assert.Equal(new DateOnly(2026, 1, 31), rows[0].DueDate);
        Assert.Equal(0.25, rows[0].Rate);
        Assert.Null(rows[1].DueDate);
        Assert.Null(rows[1].ChangedAt);
    }

    [Fact]
    public void A_date_fills_a_DateTime_property_too()
    {
        Assert.Equal(new DateTime(2026, 1, 31), connection.QuerySingle<TaskWithDateTime>("select due_date as DueDate from task where id = 1").DueDate);
    }

    [Fact]
    public void Rows_become_dynamic()
    {
        var row = connection.QuerySingle("select id, due_date from task where code = @code", new { code = "T1" });

        Assert.Equal(1L, row.id);
        Assert.Equal(new DateOnly(2026, 1, 31), row.due_date);
    }

    [Fact]
    public void Scalars_convert()
    {
        Assert.Equal(2, connection.ExecuteScalar<int>("select count(*) from task"));
        Assert.Equal(3L, connection.ExecuteScalar<long>("select sum(id) from task"));
        Assert.Equal(3, connection.QuerySingle<int>("select sum(id) from task"));
        Assert.Equal(new DateOnly(2026, 1, 31), connection.QuerySingle<DateOnly>("select max(due_date) from task"));
        Assert.Equal(new DateOnly(2026, 1, 31), connection.ExecuteScalar<DateOnly>("select max(due_date) from task"));
        Assert.Null(connection.QuerySingle<int?>("select days from task where id = 2"));
    }

    [Fact]
    public void Parameters_come_from_anonymous_objects()
    {
        Assert.Equal([1L], connection.Query<long>("select id from task where due_date = @day", new { day = new DateOnly(2026, 1, 31) }));
        Assert.Equal([1L], connection.Query<long>("select id from task where changed_at < @at", new { at = new DateTime(2026, 1, 2) }));
        Assert.Equal([1L, 2L], connection.Query<long>("select id from task where @code is null or code = @code order by id", new { code = (string?)null }));
        Assert.Equal([2L], connection.Query<long>("select id from task where due_date is not distinct from @day", new { day = (DateOnly?)null }));
    }

    [Fact]
    public void Lists_expand()
    {
        Assert.Equal(["T1", "T2"], connection.Query<string>("select code from task where id in @ids order by code", new { ids = new long[] { 1, 2, 3 } }));
        Assert.Empty(connection.Query<string>("select code from task where id in @ids", new { ids = Array.Empty<long>() }));
    }

    [Fact]
    public void A_list_of_objects_runs_the_command_for_each()
    {
        var changed = connection.Execute("insert into task (id, code, due_date) values (@Id, @Code, @Day)",
            Enumerable.Range(10, 3).Select(i => new { Id = i, Code = $"T{i}", Day = (DateOnly?)new DateOnly(2026, 2, i) }));

        Assert.Equal(3, changed);
        Assert.Equal(5L, connection.ExecuteScalar<long>("select count(*) from task"));
    }

    [Fact]
    public async Task Several_results_and_transactions_work_asynchronously()
    {
        await using var transaction = await connection.BeginTransactionAsync();
        using (var results = await connection.QueryMultipleAsync("select id from task order by id; select code from task order by code", transaction: transaction))
        {
            Assert.Equal([1L, 2L], await results.ReadAsync<long>());
            Assert.Equal(["T1", "T2"], await results.ReadAsync<string>());
        }
        await connection.ExecuteAsync("delete from task", transaction: transaction);
        await transaction.RollbackAsync();

        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select count(*) from task"));
    }

    [Fact]
    public void Unbuffered_rows_stream()
    {
        var sum = 0L;
        foreach (var value in connection.Query<long>("select range from range(100000)", buffered: false)) sum += value;

        Assert.Equal(4_999_950_000, sum);
        Assert.Equal(0, connection.QueryFirst<long>("select range from range(100000)"));
    }
}
