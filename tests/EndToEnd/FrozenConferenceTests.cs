using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>Conferences and changes of a programme from dated files, through the real loader: what is frozen stays, whatever comes later and in whatever order.</summary>
public sealed class FrozenConferenceTests : IDisposable
{
    const string FeedText = """
        feed: drop
        title: Danh sách nhiệm vụ
        province: Bình Định
        agencies: own
        max_rejected: 10
        source: { kind: csv, folder: "{data}", settle_seconds: 0, extract_date: "_(?<date>[0-9]{8})" }
        records:
          task:
            from: { files: "tasks_*.csv" }
            columns:
              task_id: { from: id }
              assigned: { from: assigned, formats: [iso] }
              due: { from: due, formats: [iso] }
              completed: { from: completed, formats: [iso] }
              withdrawn: { from: withdrawn, formats: [iso] }
              agency: { from: agency }
              title: { from: title }
              programme_year: { from: year }
              secrecy: { from: secrecy }
          task_event:
            from: { files: "events_*.csv" }
            columns:
              task_id: { from: id }
              event: { constant: progress }
              at: { from: at, formats: [iso] }
              text: { from: text }
          conference:
            from: { files: "conferences_*.csv" }
            columns:
              conference_id: { from: id }
              date: { from: date, formats: [iso] }
              lock_days: { from: days }
          programme_change:
            from: { files: "changes_*.csv" }
            columns:
              change: { from: change, lookup: { Rút: withdrawn, Bổ sung: added } }
              at: { from: at, formats: [iso] }
              task_id: { from: task }
              title: { from: title }
              reason: { from: reason }
              decision: { from: decision }
        """;

    static readonly Dictionary<string, string> Files = new()
    {
        ["conferences_20250401.csv"] = "id,date,days\nHN-4,2025-05-07,3\nHN-X,2025-05-07,2.5\n",
        ["tasks_20250430.csv"] = """
            id,assigned,due,completed,withdrawn,agency,title,year,secrecy
            A,2025-04-01,2025-04-25,,,Sở Tài chính,Xây dựng đề án 2025,2025,
            B,2025-04-02,2025-06-10,,,Sở Y tế,,,
            M,2025-04-02,2025-06-10,,,Sở Y tế,Việc mật,2025,Mật
            """,
        ["events_20250503.csv"] = "id,at,text\nA,2025-04-20,đang thực hiện\nB,2025-05-02,Đã lấy ý kiến các sở\nM,2025-05-02,Việc mật\n",
        // After the lock: A was completed in April, B never had a deadline, and entries are told late or entered in the lock.
        ["tasks_20250531.csv"] = """
            id,assigned,due,completed,withdrawn,agency,title,year,secrecy
            A,2025-04-01,2025-04-25,2025-04-24,,Sở Tài chính,Xây dựng đề án 2025,2025,
            B,2025-04-02,,,,Sở Y tế,,,
            C,2025-04-03,2025-04-10,,,Sở Y tế,,,
            """,
        ["events_20250531.csv"] = "id,at,text\nA,2025-05-03,Đã trình UBND tỉnh\nB,2025-05-06,Đã tổng hợp\n",
        ["conferences_20250531.csv"] = "id,date,days\nHN-4,2025-05-08,3\n",
        ["changes_20250531.csv"] = """
            change,at,task,title,reason,decision
            Rút,2025-05-20,B,,Chờ hướng dẫn của Bộ,512/QĐ-UBND
            Bổ sung,2025-05-21,,Rà soát giá đất,,
            Rút,2025-05-22,M,Việc mật,,
            Hoãn,2025-05-22,B,,,
            Rút,2025-05-22,,,,
            """,
        ["tasks_20260131.csv"] = "id,assigned,due,completed,withdrawn,agency,title,year,secrecy\nD,2026-01-05,2026-06-30,,,Sở Tài chính,XÂY DỰNG ĐỀ ÁN 2026,2026,\n",
    };

    readonly ExtractFolder folder = new(FeedText);

    public static TheoryData<string> Orders() => new() { "0 1 2 3 4 5 6 7", "7 6 5 4 3 2 1 0", "3 0 5 1 4 7 2 6" };

    [EngineTheory(TestEngine.DuckDb), MemberData(nameof(Orders))]
    public Task What_a_lock_froze_stays_whatever_comes_later(string order) => LoadAsync(TestEngine.DuckDb, order);

    [EngineTheory(TestEngine.Postgres), MemberData(nameof(Orders))]
    public Task What_a_lock_froze_stays_whatever_comes_later_on_a_server(string order) => LoadAsync(TestEngine.Postgres, order);

    [EngineTheory(TestEngine.SqlServer), MemberData(nameof(Orders))]
    public Task What_a_lock_froze_stays_whatever_comes_later_on_SQL_Server(string order) => LoadAsync(TestEngine.SqlServer, order);

    [EngineFact(TestEngine.DuckDb)]
    public async Task Tables_of_a_lock_are_equal_before_and_after_the_extracts_that_follow()
    {
        await using var warehouse = await folder.WarehouseAsync(TestEngine.DuckDb);
        foreach (var file in Files.Keys.Take(3)) Write(file);
        // The lock's day is reached by an extract that tells nothing new.
        folder.Write("tasks_20250504.csv", "id,assigned,due,completed,withdrawn,agency,title,year,secrecy\nB,2025-04-02,2025-06-10,,,Sở Y tế,,,\n");
        Assert.Empty((await warehouse.RunAsync(folder.Feeds())).Errors);
        var before = await warehouse.ChecksumsAsync();
        Assert.StartsWith("2 rows", before["warehouse.fact_conference_task"], StringComparison.Ordinal);
        foreach (var file in Files.Keys.Skip(3)) Write(file);
        Assert.Empty((await warehouse.RunAsync(folder.Feeds())).Errors);

        Assert.Equal(before["warehouse.fact_conference_task"], (await warehouse.ChecksumsAsync())["warehouse.fact_conference_task"]);
        Assert.NotEqual(before["warehouse.fact_task"], (await warehouse.ChecksumsAsync())["warehouse.fact_task"]);
    }

    [EngineFact(TestEngine.DuckDb)]
    public async Task Changes_are_accepted_refused_or_withheld_and_programme_titles_have_their_words()
    {
        await using var warehouse = await folder.WarehouseAsync(TestEngine.DuckDb);
        foreach (var file in Files.Keys) Write(file);
        var run = await warehouse.RunAsync(folder.Feeds());

        Assert.Empty(run.Errors);
        var changes = Assert.Single(run.Loaded, part => part.Record == "programme_change");
        Assert.Equal((5, 2, 2, 1), (changes.Counts.Received, changes.Counts.Accepted, changes.Counts.Quarantined, changes.Counts.Withheld));
        Assert.Equal(["change unknown_code Hoãn", "task missing ", "days out_of_range 2.5"],
            (await warehouse.RowsAsync<string>("select concat(column_name, ' ', rule_code, ' ', received_text) from raw.quarantine order by record_code desc, row_no")));
        Assert.Equal(0, await warehouse.ValueAsync<long>("select count(*) from raw.programme_change where title like '%mật%'"));
        // xây dựng đề án, in both years; the year itself is no word.
        Assert.Equal(4, await warehouse.ValueAsync<long>("select count(distinct word_key) from warehouse.bridge_programme_word"));
        Assert.Equal(["no_decision added", "no_reason added"], await warehouse.RowsAsync<string>("select concat(finding_code, ' ', change_code) from analytics.programme_finding order by finding_code"));
    }

    public void Dispose() => folder.Dispose();

    async Task LoadAsync(string engine, string order)
    {
        await using var warehouse = await folder.WarehouseAsync(engine);
        foreach (var file in ExtractFolder.InOrder(Files.Keys, order))
        {
            Write(file);
            Assert.Empty((await warehouse.LoadAsync(folder.Feeds())).Errors);
        }
        Assert.Empty((await warehouse.RunAsync(folder.Feeds())).Errors);

        Assert.Equal(["1 2025-05-04 2025-05-03 moved"], await warehouse.RowsAsync<string>(
            "select concat(lock_no, ' ', lock_date, ' ', known_date, case when is_moved_after_lock = 1 then ' moved' end) from warehouse.fact_conference_lock"));
        Assert.Equal(["A not_started incomplete overdue 2025-04-25", "B not_started complete open 2025-06-10"], await warehouse.RowsAsync<string>(
            "select concat(task_code, ' ', lifecycle_code, ' ', update_code, case when is_overdue = 1 then ' overdue ' else ' open ' end, due_date) from warehouse.fact_conference_task order by task_code"));
        Assert.Equal(["A told_later", "B entered_in_lock"], await warehouse.RowsAsync<string>(
            "select concat(task_code, ' ', lateness_code) from warehouse.fact_conference_late_entry join warehouse.fact_conference_task on fact_conference_late_entry.task_key = fact_conference_task.task_key order by task_code"));
    }

    void Write(string file) => folder.Write(file, Files[file]);
}
