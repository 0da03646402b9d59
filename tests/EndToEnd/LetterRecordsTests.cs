using Etl.Feeds;
using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>Records that the letters need, read from files by the real loader: what is kept of them and what is refused.</summary>
public sealed class LetterRecordsTests : IDisposable
{
    const string FeedText = """
        feed: drop
        title: Yêu cầu và báo cáo
        province: Đà Nẵng
        agencies: own
        max_rejected: 9
        source: { kind: csv, folder: "{data}", settle_seconds: 0, extract_date: "_(?<date>[0-9]{8})" }
        records:
          task:
            from: { files: "tasks_*.csv" }
            columns:
              task_id: { from: id }
              assigned: { from: assigned, formats: [iso] }
              due: { from: due, formats: [iso] }
              agency: { from: agency }
          task_event:
            from: { files: "events_*.csv" }
            columns:
              event_id: { from: event_id }
              task_id: { from: id }
              event: { from: event }
              at: { from: at, formats: [iso] }
              outcome: { from: outcome, lookup: { xong: done, chưa: not_done } }
              plan: { from: plan }
              rating: { from: stars }
              due: { from: asked, formats: [iso] }
          plan_request:
            from: { files: "plans_*.csv" }
            columns:
              request_id: { from: id }
              agency: { from: agency }
              requested: { from: requested, formats: [dd/MM/yyyy] }
              due: { from: until, formats: [dd/MM/yyyy] }
              due_operator: { from: word, lookup: { trước: before, đến hết: on_or_before } }
              received: { from: received, formats: [dd/MM/yyyy] }
              overdue_year: { from: year }
              document_number: { from: letter }
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-records-");

    [EngineFact(TestEngine.DuckDb)]
    public Task A_plan_is_due_strictly_before_the_day_in_a_file() => PlansAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task A_plan_is_due_strictly_before_the_day_on_a_server() => PlansAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task A_plan_is_due_strictly_before_the_day_on_SQL_Server() => PlansAsync(TestEngine.SqlServer);

    [EngineFact(TestEngine.DuckDb)]
    public async Task What_few_events_say_is_kept_beside_them_and_an_unknown_outcome_refuses_the_event()
    {
        Write("tasks_20230331.csv", "id,assigned,due,agency\nA,2023-01-10,2023-03-01,Sở Y tế\n");
        Write("events_20230331.csv", """
            event_id,id,event,at,outcome,plan,stars,asked
            1,A,deadline_reported,2023-03-01,chưa,Trình lại,,2023-04-01
            2,A,progress,2023-02-01,,,,
            3,A,rated,2023-03-20,,,4.5,
            4,A,deadline_reported,2023-03-02,có lẽ,,,
            5,A,rated,2023-03-21,,,bốn,
            """);
        await using var warehouse = await LoadedWarehouse.CreateAsync(TestEngine.DuckDb, folder.FullName);

        Assert.Empty((await warehouse.RunAsync(Feeds())).Errors);

        Assert.Equal(["deadline_reported not_done Trình lại ", "rated   4.5"],
            await warehouse.RowsAsync<string>("select concat(event_code, ' ', outcome_code, ' ', plan_text, ' ', rating) from warehouse.fact_task_event_detail order by event_code"));
        Assert.Equal(3, await warehouse.ValueAsync<long>("select count(*) from warehouse.fact_task_event"));
        Assert.Equal(["outcome unknown_code có lẽ", "stars not_a_number bốn"],
            await warehouse.RowsAsync<string>("select cast(concat(column_name, ' ', rule_code, ' ', received_text) as varchar(400)) from raw.quarantine order by column_name"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    async Task PlansAsync(string engine)
    {
        Write("tasks_20230430.csv", "id,assigned,due,agency\nA,2023-01-10,2023-03-01,Sở Y tế\n");
        Write("plans_20230331.csv", """
            id,agency,requested,until,word,received,year,letter
            1,Sở Y tế,17/03/2023,24/03/2023,trước,23/03/2023,2021,1204/UBND-KSTT
            2,Sở Tư pháp,17/03/2023,24/03/2023,trước,24/03/2023,2021,1204/UBND-KSTT
            3,Sở Du lịch,17/03/2023,24/03/2023,đến hết,24/03/2023,2021,
            4,Sở Công Thương,17/03/2023,24/03/2023,trước,,2021,
            5,Sở Y tế,17/03/2023,17/03/2023,trước,,2021,
            6,Sở Y tế,,24/03/2023,trước,,2021,
            7,Sở Y tế,17/03/2023,24/03/2023,khoảng,,2021,
            """);
        await using var warehouse = await LoadedWarehouse.CreateAsync(engine, folder.FullName);
        Assert.Empty((await warehouse.RunAsync(Feeds())).Errors);

        Assert.Equal(["3 | 2023-03-24 | in_time", "1 | 2023-03-23 | in_time", "2 | 2023-03-23 | late", "4 | 2023-03-23 | missing"],
            await warehouse.ReportAsync("plan_requests", "request_code, last_date, plan_code"));
        Assert.Equal(["requested missing ", "until out_of_range ", "word unknown_code khoảng"],
            await warehouse.RowsAsync<string>("select cast(concat(column_name, ' ', rule_code, ' ', received_text) as varchar(400)) from raw.quarantine order by column_name"));

        // A later extract tells that the missing plan came, too late.
        Write("plans_20230430.csv", "id,agency,requested,until,word,received,year,letter\n4,Sở Công Thương,17/03/2023,24/03/2023,trước,03/04/2023,2021,\n");
        Assert.Empty((await warehouse.RunAsync(Feeds())).Errors);

        Assert.Equal(["late | 2023-04-03"], await warehouse.ReportAsync("plan_requests", "plan_code, received_date", ("agency", "Sở Công Thương")));
        Assert.Equal(["missing | "], await warehouse.ReportAsync("plan_requests", "plan_code, received_date", ("agency", "Sở Công Thương"), ("as_of", "2023-04-02")));
    }

    void Write(string file, string text) => File.WriteAllText(Path.Combine(folder.FullName, file), text + "\n");

    List<Feed> Feeds()
    {
        var path = Path.Combine(folder.FullName, "drop.yml");
        File.WriteAllText(path, FeedText);
        return [FeedFile.Read(path)];
    }
}
