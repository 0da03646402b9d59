using Etl.Feeds;
using Microsoft.Data.Sqlite;
using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>A database whose answers change, and change back.</summary>
public sealed class WindowTests : IDisposable
{
    const string FeedText = """
        feed: system
        province: Cần Thơ
        agencies: own
        source: { kind: sql, provider: sqlite, connection: "Data Source={data}/tasks.db", query: "select id, assigned, due, done from task" }
        records:
          task:
            columns:
              task_id: { from: id }
              assigned: { from: assigned, formats: [iso] }
              due: { from: due, formats: [iso] }
              completed: { from: done, formats: [iso] }
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-windows-");

    [EngineFact(TestEngine.DuckDb)]
    public Task An_answer_that_changes_back_is_loaded_again_in_a_file() => BackAndForthAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task An_answer_that_changes_back_is_loaded_again_on_a_server() => BackAndForthAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task An_answer_that_changes_back_is_loaded_again_on_SQL_Server() => BackAndForthAsync(TestEngine.SqlServer);

    async Task BackAndForthAsync(string engine)
    {
        await using var warehouse = await LoadedWarehouse.CreateAsync(engine, folder.FullName);
        var path = Path.Combine(folder.FullName, "system.yml");
        File.WriteAllText(path, FeedText);
        IReadOnlyList<Feed> feeds = [FeedFile.Read(path)];

        // Completed, taken back, completed again: the newest day of the rows goes back too, and yet the last answer stands.
        foreach (var (done, news) in ((string?, int)[])[(null, 1), ("2023-02-09", 1), (null, 1), (null, 0), ("2023-02-09", 1), (null, 1), (null, 0)])
        {
            Answer(done);
            var run = await warehouse.RunAsync(feeds);
            Assert.Empty(run.Errors);
            Assert.Equal(news, run.Loaded.Count());
            Assert.Equal([$"A {done}"], await warehouse.RowsAsync<string>("select concat(task_code, ' ', completed_date) from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key where task_code is not null"));
        }
        Assert.Equal([1, 2, 3, 4, 5], await warehouse.RowsAsync<int>("select window_no from raw.load_window order by window_no"));
        Assert.Equal(5, await warehouse.ValueAsync<long>("select count(distinct load_key) from raw.batch"));
    }

    void Answer(string? done)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "tasks.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"create table if not exists task (id, assigned, due, done); delete from task; insert into task values ('A', '2023-01-10', '2023-02-10', {(done is null ? "null" : $"'{done}'")})";
        command.ExecuteNonQuery();
    }

    public void Dispose() => folder.Delete(recursive: true);
}
