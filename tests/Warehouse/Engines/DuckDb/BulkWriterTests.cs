using System.Text;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Engines.DuckDb;

public sealed class BulkWriterTests : IDisposable
{
    static readonly TableShape Tasks = new("raw", "task",
    [
        new("task_key", ColumnType.BigInt), new("days", ColumnType.Integer), new("is_late", ColumnType.SmallInt),
        new("weight", ColumnType.Double), new("due_date", ColumnType.Date), new("changed_at", ColumnType.Timestamp),
        new("title", ColumnType.Text), new("code", ColumnType.Text),
    ]);

    readonly TemporaryDatabase database = new();
    readonly DuckDbConnection connection;

    public BulkWriterTests()
    {
        connection = database.Connect();
        connection.Run("""
            create schema raw;
            create table raw.task (code varchar, task_key bigint primary key, days integer, is_late smallint, weight double,
                due_date date, changed_at timestamp, title varchar, origin varchar default 'bulk')
            """);
    }

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    [Fact]
    public async Task A_hundred_thousand_rows_arrive_with_their_values_and_nulls()
    {
        const int rows = 100_000;
        await WriteAsync(0, rows, chunkRows: 5_000);

        Assert.Equal((long)rows, Count());
        using var command = new DuckDbCommand("select task_key, days, is_late, weight, due_date, changed_at, title, code, origin from raw.task order by task_key", connection);
        using var reader = command.ExecuteReader();
        for (var i = 0; reader.Read(); i++)
        {
            Assert.Equal(i, reader.GetInt64(0));
            Assert.Equal(i % 3 == 0 ? null : -i, reader.GetFieldValue<int?>(1));
            Assert.Equal(i % 2, reader.GetInt16(2));
            Assert.Equal(i / 8.0, reader.GetDouble(3));
            Assert.Equal(i % 7 == 0 ? null : DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(i), reader.GetFieldValue<DateOnly?>(4));
            Assert.Equal(DateTime.UnixEpoch.AddMicroseconds(i * 1001L), reader.GetDateTime(5));
            Assert.Equal(i % 5 == 0 ? null : Title(i), reader.IsDBNull(6) ? null : reader.GetString(6));
            Assert.Equal($"T{i}", reader.GetString(7));
            Assert.Equal("bulk", reader.GetString(8));
        }
    }

    [Fact]
    public async Task Long_empty_and_unicode_texts_arrive_whole()
    {
        string[] texts = ["", "a", "twelve bytes", "thirteen byte", "Nhiệm vụ của Ủy ban nhân dân 🏛", new string('ệ', 200_000)];
        var shape = new TableShape("raw", "task", [new("task_key", ColumnType.BigInt), new("title", ColumnType.Text)]);
        var chunk = new RowChunk(shape, texts.Length);
        for (var i = 0; i < texts.Length; i++)
        {
            chunk.Set(0, (long)i);
            chunk.Set(1, Encoding.UTF8.GetBytes(texts[i]));
            chunk.EndRow();
        }
        await using (var writer = new DuckDbBulkWriter(connection, shape))
        {
            await writer.WriteAsync(chunk, default);
            await writer.CompleteAsync(default);
        }

        using var command = new DuckDbCommand("select title, code from raw.task order by task_key", connection);
        using var reader = command.ExecuteReader();
        foreach (var text in texts)
        {
            Assert.True(reader.Read());
            Assert.Equal(text, reader.GetString(0));
            Assert.Equal(text, Encoding.UTF8.GetString(reader.GetUtf8(0)));
            Assert.True(reader.IsDBNull(1));
        }
    }

    [Fact]
    public async Task Rows_go_when_the_transaction_is_rolled_back()
    {
        using (var transaction = connection.BeginTransaction())
        {
            await WriteAsync(0, 250_000, chunkRows: 10_000);
            Assert.Equal(250_000L, Count());
            transaction.Rollback();
        }

        Assert.Equal(0L, Count());
    }

    [Fact]
    public async Task Rows_stay_when_the_transaction_is_committed()
    {
        using (var transaction = connection.BeginTransaction())
        {
            await WriteAsync(0, 10, chunkRows: 3);
            await WriteAsync(10, 10, chunkRows: 3);
            transaction.Commit();
        }

        Assert.Equal(20L, Count());
    }

    [Fact]
    public async Task A_writer_that_was_not_completed_leaves_nothing()
    {
        await WriteAsync(0, 250_000, chunkRows: 10_000, complete: false);

        Assert.Equal(0L, Count());
        Assert.Null(connection.Transaction);
    }

    [Fact]
    public async Task A_transaction_with_an_uncompleted_writer_cannot_commit()
    {
        using var transaction = connection.BeginTransaction();
        await WriteAsync(0, 250_000, chunkRows: 10_000, complete: false);

        Assert.Contains("raw.task was not completed", Assert.Throws<DuckDbException>(transaction.Commit).Message);
        Assert.Equal(0L, Count());
    }

    [Fact]
    public async Task A_key_that_is_there_twice_is_an_error_with_the_table()
    {
        await WriteAsync(0, 10, chunkRows: 10);

        var error = await Assert.ThrowsAsync<DuckDbException>(() => WriteAsync(9, 10, chunkRows: 10));

        Assert.StartsWith("raw.task: ", error.Message);
        Assert.Contains("task_key: 9", error.Message);
        Assert.Equal(10L, Count());
    }

    [Fact]
    public async Task A_number_too_large_for_its_column_names_row_and_column()
    {
        var chunk = new RowChunk(Tasks, 10);
        for (var i = 0; i < 3; i++)
        {
            chunk.Set(0, (long)i);
            chunk.Set(2, i == 2 ? 40_000L : 1L);
            chunk.EndRow();
        }
        await using var writer = new DuckDbBulkWriter(connection, Tasks);

        var error = await Assert.ThrowsAsync<DuckDbException>(() => writer.WriteAsync(chunk, default).AsTask());

        Assert.Equal("raw.task › row 3 of the bulk write › is_late: 40000 does not fit SmallInt", error.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xA0 })] // continues the first byte that the row before ends with
    public async Task A_text_that_is_not_UTF8_is_refused(byte[] text)
    {
        var chunk = new RowChunk(Tasks, 10);
        chunk.Set(0, 0L);
        chunk.Set(7, (byte[])[0x41]);
        chunk.EndRow();
        chunk.Set(0, 1L);
        chunk.Set(7, text[0] == 0xA0 ? [0xC3] : text);
        chunk.EndRow();
        chunk.Set(0, 2L);
        chunk.Set(7, text);
        chunk.EndRow();
        await using var writer = new DuckDbBulkWriter(connection, Tasks);

        var error = await Assert.ThrowsAsync<DuckDbException>(() => writer.WriteAsync(chunk, default).AsTask());

        Assert.Equal("raw.task › row 2 of the bulk write › code: the text is not UTF-8", error.Message);
    }

    [Fact]
    public void A_missing_table_or_column_is_named_before_any_row()
    {
        Assert.Contains("nowhere", Assert.Throws<DuckDbException>(() =>
            new DuckDbBulkWriter(connection, Tasks with { Name = "nowhere" })).Message);
        Assert.Contains("extra", Assert.Throws<DuckDbException>(() =>
            new DuckDbBulkWriter(connection, Tasks with { Columns = [new("extra", ColumnType.Text)] })).Message);
        Assert.Null(connection.Transaction);
    }

    [Fact]
    public async Task Cancelling_stops_the_write()
    {
        var chunk = new RowChunk(Tasks, 1);
        chunk.Set(0, 1L);
        chunk.EndRow();
        await using var writer = new DuckDbBulkWriter(connection, Tasks);

        await Assert.ThrowsAsync<OperationCanceledException>(() => writer.WriteAsync(chunk, new CancellationToken(true)).AsTask());
    }

    [Fact]
    public async Task A_disposed_writer_says_so()
    {
        var writer = new DuckDbBulkWriter(connection, Tasks);
        await writer.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.CompleteAsync(default).AsTask());
    }

    async Task WriteAsync(int first, int rows, int chunkRows, bool complete = true)
    {
        var chunk = new RowChunk(Tasks, chunkRows);
        await using var writer = new DuckDbBulkWriter(connection, Tasks);
        for (var i = first; i < first + rows; i++)
        {
            chunk.Set(0, (long)i);
            if (i % 3 != 0) chunk.Set(1, (long)-i);
            chunk.Set(2, i % 2L);
            chunk.Set(3, i / 8.0);
            if (i % 7 != 0) chunk.Set(4, (long)i);
            chunk.Set(5, i * 1001L);
            if (i % 5 != 0) chunk.Set(6, Encoding.UTF8.GetBytes(Title(i)));
            chunk.Set(7, Encoding.UTF8.GetBytes($"T{i}"));
            chunk.EndRow();
            if (!chunk.IsFull) continue;
            await writer.WriteAsync(chunk, default);
            chunk.Clear();
        }
        await writer.WriteAsync(chunk, default);
        if (complete) await writer.CompleteAsync(default);
    }

    object? Count() => connection.Scalar("select count(*) from raw.task");

    static string Title(int i) => $"Báo cáo kết quả thực hiện nhiệm vụ số {i} của tỉnh";
}
