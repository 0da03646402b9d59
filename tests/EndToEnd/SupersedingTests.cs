using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>Extracts of one system in files, loaded by the real loader in any order.</summary>
public sealed class SupersedingTests : IDisposable
{
    const string FeedText = """
        feed: drop
        title: Danh sách nhiệm vụ
        province: Cần Thơ
        agencies: own
        source: { kind: csv, folder: "{data}", settle_seconds: 0, extract_date: "_(?<date>[0-9]{8})" }
        records:
          task:
            from: { files: "tasks_*.csv" }
            columns:
              task_id: { from: id }
              assigned: { from: assigned, formats: [iso] }
              due: { from: due, formats: [iso] }
              completed: { from: completed, formats: [iso] }
              agency: { from: agency }
          task_event:
            from: { files: "events_*.csv" }
            columns:
              task_id: { from: id }
              event: { from: event }
              at: { from: at, formats: [iso] }
              event_id: { from: event_id }
              due: { from: due, formats: [iso] }
        """;

    static readonly Dictionary<string, string> Files = new()
    {
        ["tasks_20230131.csv"] = "id,assigned,due,completed,agency\nA,2023-01-10,2023-02-10,,Sở Tài chính\nB,2023-01-11,2023-03-10,,Sở Y tế\n",
        ["tasks_20230228.csv"] = "id,assigned,due,completed,agency\nA,2023-01-10,2023-02-10,2023-02-09,Sở Tài chính\nC,2023-02-20,,,Sở Y tế\n",
        ["tasks_20230331.csv"] = "id,assigned,due,completed,agency\nA,2023-01-10,2023-02-10,2023-02-12,Sở Tài chính\nC,2023-02-20,2023-03-20,,Sở Y tế\n",
        ["events_20230228.csv"] = "event_id,id,event,at,due\n1,B,extended,2023-02-20,2023-04-10\n",
        ["events_20230331.csv"] = "event_id,id,event,at,due\n1,B,extended,2023-02-21,2023-05-10\n",
    };

    readonly ExtractFolder folder = new(FeedText);

    public static TheoryData<string> Orders() => new() { "0 1 2 3 4", "4 3 2 1 0", "1 2 0 4 3" };

    [EngineTheory(TestEngine.DuckDb), MemberData(nameof(Orders))]
    public Task A_later_extract_replaces_an_earlier_one_whatever_the_order_of_loading(string order) => LoadAsync(TestEngine.DuckDb, order);

    [EngineTheory(TestEngine.Postgres), MemberData(nameof(Orders))]
    public Task A_later_extract_replaces_an_earlier_one_whatever_the_order_of_loading_on_a_server(string order) => LoadAsync(TestEngine.Postgres, order);

    [EngineTheory(TestEngine.SqlServer), MemberData(nameof(Orders))]
    public Task A_later_extract_replaces_an_earlier_one_whatever_the_order_of_loading_on_SQL_Server(string order) => LoadAsync(TestEngine.SqlServer, order);

    [EngineFact(TestEngine.DuckDb)]
    public async Task A_task_without_a_status_has_the_lifecycle_that_its_dates_tell()
    {
        Write("tasks_20230331.csv");
        await using var warehouse = await folder.WarehouseAsync(TestEngine.DuckDb);
        Assert.Empty((await warehouse.RunAsync(folder.Feeds())).Errors);

        Assert.Equal(["A completed", "C not_started"], await warehouse.RowsAsync<string>("select concat(task_code, ' ', lifecycle_code) from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key order by task_code"));
    }

    public void Dispose() => folder.Dispose();

    async Task LoadAsync(string engine, string order)
    {
        await using var warehouse = await folder.WarehouseAsync(engine);
        foreach (var file in ExtractFolder.InOrder(Files.Keys, order))
        {
            Write(file);
            var load = await warehouse.LoadAsync(folder.Feeds());
            Assert.Empty(load.Errors);
            Assert.Equal(file, Path.GetFileName(Assert.Single(load.Loaded).Part));
        }
        Assert.Empty((await warehouse.RunAsync(folder.Feeds())).Errors);

        Assert.Equal(
            ["A completed 2023-02-10 2023-02-12", "B not_started 2023-05-10 ", "C not_started 2023-03-20 "],
            await warehouse.RowsAsync<string>("select concat(task_code, ' ', lifecycle_code, ' ', due_date, ' ', completed_date) from warehouse.fact_task join warehouse.task_text on fact_task.task_key = task_text.task_key order by task_code"));
        Assert.Equal([": 3, 1, 1, 1"], await warehouse.MeasureAsync("assigned, completed_late, open_in_time, open_overdue", "", "feed=drop"));
        Assert.Equal(1, await warehouse.ValueAsync<long>("select count(*) from warehouse.fact_task_event where is_from_difference = 0"));
    }

    void Write(string file) => folder.Write(file, Files[file]);
}
