using System.Globalization;
using System.Text;
using Tests.Engines;
using Warehouse.Models;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>Dated extracts of tasks and events with everything that happens to them: what is built load by load is what building everything gives, in every table and column.</summary>
public sealed class IncrementTests : IDisposable
{
    internal const string FeedText = """
        feed: steps
        title: Danh sách nhiệm vụ
        province: Hải Phòng
        agencies: own
        source: { kind: csv, folder: "{data}", settle_seconds: 0, extract_date: "_(?<date>[0-9]{8})" }
        records:
          task:
            from: { files: "tasks_*.csv" }
            missing: gone
            columns:
              task_id: { from: id }
              carried_from: { from: earlier }
              title: { from: title }
              programme_year: { from: programme }
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
              agency: { from: agency }
              text: { from: text }
        """;

    const int Extracts = 4, Tasks = 40;

    static readonly string[] Agencies = ["Sở Tài chính", "Sở Y tế", "Sở Xây dựng"];
    static readonly string[] Happenings = ["started", "progress", "extended", "reassigned", "reported", "completed", "reopened", "withdrawn", "obstacle", "extension_requested"];
    static readonly DateOnly FirstDay = new(2024, 1, 31);

    readonly ExtractFolder folder = new(FeedText);

    [EngineFact(TestEngine.DuckDb)]
    public Task Load_by_load_gives_what_building_everything_gives() => CompareAsync(TestEngine.DuckDb, seed: 1, together: 1);

    [EngineFact(TestEngine.Postgres)]
    public Task Two_loads_at_a_time_give_what_building_everything_gives_on_a_server() => CompareAsync(TestEngine.Postgres, seed: 2, together: 2);

    [EngineFact(TestEngine.SqlServer)]
    public Task Two_loads_at_a_time_give_what_building_everything_gives_on_SQL_Server() => CompareAsync(TestEngine.SqlServer, seed: 2, together: 2);

    [EngineFact(TestEngine.Citus)]
    public Task A_cluster_holds_and_answers_load_by_load_what_a_file_does() => CompareAsync(TestEngine.DuckDb, seed: 3, together: 2, stepsOn: TestEngine.Citus);

    [EngineFact(TestEngine.Postgres)]
    public Task A_slot_that_was_never_built_begins_as_a_copy_of_the_published_one() => AssertBeginsAsCopyAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task A_slot_that_was_never_built_begins_as_a_copy_of_the_published_one_on_SQL_Server() => AssertBeginsAsCopyAsync(TestEngine.SqlServer);

    [EngineFact(TestEngine.Citus)]
    public Task A_slot_that_was_never_built_begins_as_a_copy_of_the_published_one_on_a_cluster() => AssertBeginsAsCopyAsync(TestEngine.Citus);

    /// <summary>The slots of a server lie beside each other: what the first load built need not be built once more for the second.</summary>
    async Task AssertBeginsAsCopyAsync(string engine)
    {
        await using var server = await folder.WarehouseAsync(engine);
        var told = new List<string>();
        var builder = new Builder(ModelFolder.Load(), TimeProvider.System) { MostOfAll = 1, Tells = told.Add, Why = told.Add };
        foreach (var extract in Enumerable.Range(0, 3))
        {
            Write(seed: 4, extract);
            await server.BuildAsync(folder.Feeds(), builder, whole: false);
            told.Add(".");
        }
        Assert.Equal(
            [
                "these models have not built it before, or not to the end", ".",
                "the published state is copied: its neighbour was not built by these models, or not to the end", ".",
                ".",
            ],
            told);
        await using var whole = await folder.WarehouseAsync(TestEngine.DuckDb);
        Assert.Empty((await whole.RunAsync(folder.Feeds())).Errors);
        Assert.Equal(await whole.ChecksumsAsync(), await server.ChecksumsAsync());
    }

    async Task CompareAsync(string engine, int seed, int together, string? stepsOn = null)
    {
        await using var stepwise = await folder.WarehouseAsync(stepsOn ?? engine);
        foreach (var extract in Enumerable.Range(0, Extracts))
        {
            Write(seed, extract);
            if ((extract + 1) % together == 0) Assert.Empty((await stepwise.RunAsync(folder.Feeds(), whole: false, sliceTasks: extract / together % 2 == 0 ? 1000 : 7)).Errors);
        }
        await using var whole = await folder.WarehouseAsync(engine);
        Assert.Empty((await whole.RunAsync(folder.Feeds())).Errors);
        await using var chunked = await folder.WarehouseAsync(engine);
        Assert.Empty((await chunked.RunAsync(folder.Feeds(), chunkRows: 80)).Errors);

        var expected = await whole.ChecksumsAsync();
        Assert.True(await whole.ValueAsync<long>("select count(*) from warehouse.fact_task_state_past") > 10, "the extracts correct too little to prove anything");
        Assert.Equal(expected, await stepwise.ChecksumsAsync());
        Assert.Equal(expected, await chunked.ChecksumsAsync());
        if (engine != TestEngine.DuckDb) await AssertAsInAFileAsync(stepwise);
        if (stepsOn == TestEngine.Citus) await AssertClusterAsync(whole, stepwise);
    }

    /// <summary>A server holds and answers what a file does.</summary>
    async Task AssertAsInAFileAsync(LoadedWarehouse server)
    {
        await using var file = await folder.WarehouseAsync(TestEngine.DuckDb);
        Assert.Empty((await file.RunAsync(folder.Feeds())).Errors);
        Assert.Equal(await file.ChecksumsAsync(), await server.ChecksumsAsync());
        Assert.Equal(await AllAnswers.OfMeasuresAsync(file), await AllAnswers.OfMeasuresAsync(server));
        Assert.Equal(await AllAnswers.OfReportsAsync(file), await AllAnswers.OfReportsAsync(server));
    }

    static async Task AssertClusterAsync(LoadedWarehouse file, LoadedWarehouse cluster)
    {
        Assert.Equal(await AllAnswers.OfMeasuresAsync(file), await AllAnswers.OfMeasuresAsync(cluster));
        var (expected, found) = (await AllAnswers.OfReportsAsync(file), await AllAnswers.OfReportsAsync(cluster));
        // What Citus loses on its way is refused, never shown without it.
        Assert.All(expected.Where(report => report.Value != found[report.Key]), report => Assert.Contains("lost a part", found[report.Key], StringComparison.Ordinal));
        Assert.Equal(["change_log"], found.Where(report => report.Value.Contains("lost a part", StringComparison.Ordinal)).Select(report => report.Key));
        string Placed(string tables) => $"select distinct citus_table_type || ' ' || distribution_column from citus_tables where split_part(cast(table_name as text), '.', 2) in ('{tables}')";
        Assert.Equal(["distributed task_key"], await cluster.RowsAsync<string>(Placed("fact_task', 'fact_task_state', 'fact_task_event', 'fact_task_flow")));
        Assert.Equal(["reference <none>"], await cluster.RowsAsync<string>(Placed("dim_province', 'dim_agency', 'dim_date', 'bridge_agency_view")));
        Assert.True(await cluster.ValueAsync<long>("select count(distinct nodename || ':' || nodeport) from citus_shards where citus_table_type = 'distributed'") >= 2, "all rows lie on one worker");
    }

    public void Dispose() => folder.Dispose();

    /// <summary>An extract of all tasks as they are then, and of the events since the one before; the same for the same seed.</summary>
    void Write(int seed, int extract)
    {
        var day = FirstDay.AddDays(extract * 31);
        var (tasks, events) = (new StringBuilder("id,earlier,title,programme,assigned,due,completed,agency\n"), new StringBuilder("event_id,id,event,at,due,agency,text\n"));
        for (var task = 0; task < Tasks + extract * 5; task++)
        {
            var random = new Random(seed * 1000 + task);
            var assigned = FirstDay.AddDays(task < Tasks ? -random.Next(300) : (task - Tasks) / 5 * 31 - random.Next(20));
            if (assigned > day) continue;
            var (hasEvents, chained) = (task % 3 == 0, task % 11 == 10 ? $"T{task - 1}" : "");
            var (due, completed, agency) = (assigned.AddDays(30 + random.Next(60)), "", Agencies[task % Agencies.Length]);
            for (var step = 0; step <= extract; step++)
            {
                var then = FirstDay.AddDays(step * 31 - random.Next(25));
                var what = random.Next(12);
                if (hasEvents && what < Happenings.Length && step == extract && then >= assigned)
                    events.AppendLine(CultureInfo.InvariantCulture, $"{task}-{step},T{task},{Happenings[what]},{then:yyyy-MM-dd},{(what == 2 ? due.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "")},{(what == 3 ? Agencies[random.Next(3)] : "")},{(what == 8 ? "Vướng mặt bằng" : "")}");
                if (hasEvents) continue;
                if (what == 0) due = due.AddDays(20);
                if (what == 1) completed = then >= assigned ? then.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
                if (what == 2) completed = "";
                if (what == 3) agency = Agencies[random.Next(3)];
            }
            // Some are left out of an extract and come back.
            if (new Random(seed + task * 31 + extract).Next(15) == 0) continue;
            tasks.AppendLine(CultureInfo.InvariantCulture, $"T{task},{chained},Nhiệm vụ số {task},{(task % 4 == 0 ? "2024" : "")},{assigned:yyyy-MM-dd},{due:yyyy-MM-dd},{completed},{agency}");
        }
        folder.Write($"tasks_{day:yyyyMMdd}.csv", tasks.ToString());
        folder.Write($"events_{day:yyyyMMdd}.csv", events.ToString());
    }
}
