using Etl.Feeds;
using Tests.Engines;
using Warehouse.Measures;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>Many questions in one statement, and the tasks behind a number, on every engine.</summary>
public sealed class TaskListTests
{
    const string Feed = """
        feed: danh-sach
        title: Danh sách thử
        title_en: Trial list
        agencies: own
        source: { kind: csv, folder: "{home}", files: "nhiem-vu_*.csv", separator: ";", encoding: utf-8, settle_seconds: 0, extract_date: "_(?<date>\\d{8})\\.csv$" }
        records:
          task:
            columns:
              task_id: { from: ma }
              title: { from: noi_dung }
              province: { from: tinh }
              agency: { from: don_vi }
              assigned: { from: giao, formats: [iso] }
              due: { from: han, formats: [iso] }
              completed: { from: xong, formats: [iso] }
              status: { from: trang_thai, lookup: { Đang làm: in_progress, Xong: completed, Rút: withdrawn } }
              requires_confirmation: { constant: "0" }
        """;

    const string Rows = """
        ma;noi_dung;tinh;don_vi;giao;han;xong;trang_thai
        T1;Việc một;Bình Định;Sở A;2025-01-05;2025-02-01;2025-01-20;Xong
        T2;Việc hai;Bình Định;Sở A;2025-01-05;2025-02-01;;Đang làm
        T3;Việc ba;Gia Lai;Sở B;2025-03-05;2025-06-01;2025-07-02;Xong
        T4;Việc bốn;Cần Thơ;Sở C;2025-11-05;2026-01-02;;Đang làm
        T5;Việc năm;Cần Thơ;Sở C;2025-11-06;;;Đang làm
        T6;Việc sáu;Cần Thơ;Sở D;2025-11-07;2025-12-01;;Đang làm
        T7;Việc bảy;Cần Thơ;Sở D;2025-11-08;2025-12-20;;Rút
        """;

    static readonly string[] Counts = ["assigned", "open", "open_overdue", "open_in_time", "completed_late", "due_soon", "withdrawn"];

    /// <summary>What is counted in advance.</summary>
    static readonly string[] Counted = ["assigned", "open", "open_overdue", "completed_late", "withdrawn"];

    static readonly DateOnly AsOf = new(2025, 12, 31);

    static readonly List<DateOnly> MonthEnds = [.. Enumerable.Range(1, 12).Select(month => new DateOnly(2025, month, DateTime.DaysInMonth(2025, month)))];

    [EngineTheory(TestEngine.DuckDb)]
    [InlineData(TestEngine.DuckDb)]
    [InlineData(TestEngine.Postgres)]
    public async Task Questions_asked_together_are_answered_as_one_by_one(string engine)
    {
        if (TestEngine.AbsentBecause(engine) is not null) return;
        await using var warehouse = await LoadAsync(engine);
        List<MeasureRequest> requests =
        [
            new(Counts, [], [], AsOf), new(Counts, ["province"], [], AsOf, View: UnitView.AsIs), new(Counts, ["province", "agency"], [], AsOf), new(["on_time_rate_of_due"], ["assigned_month"], [], AsOf),
            new(Counts, ["assigned_year"], [new("province", ["Cần Thơ"])], new(2025, 6, 30)), new(Counts, ["agency"], [new("province", ["Gia Lai"])], AsOf, new(2025, 1, 1), new(2025, 3, 31), View: UnitView.Panel),
            .. Enumerable.Range(1, 12).Select(month => new MeasureRequest(Counts, ["lifecycle"], [], new(2025, month, 28))),
            .. MonthEnds.Select(day => new MeasureRequest(Counted, [], [], day)), .. MonthEnds.Select(day => new MeasureRequest([Counted[^1]], [], [new("province", ["Cần Thơ"])], day)),
            .. MonthEnds.Select(day => new MeasureRequest(Counted, ["province", "assigned_year"], [], day, View: UnitView.AsIs)), .. MonthEnds.Select(day => new MeasureRequest(Counts, ["agency"], [], day)),
            .. MonthEnds.Select(day => new MeasureRequest(Counted, ["task_kind"], [], day.AddDays(-9))), new(Counted, ["task_kind"], [], AsOf),
        ];
        var together = await warehouse.AskAsync((query, session) => query.AskManyAsync(session, requests, default));
        for (var i = 0; i < requests.Count; i++)
        {
            var alone = await warehouse.AskAsync((query, session) => query.AskAsync(session, requests[i], default));
            Assert.Equal(alone.Rows.Select(Text), together[i].Rows.Select(Text));
            Assert.Equal(alone.AsOf, together[i].AsOf);
        }
        Assert.NotEmpty(together[3].Rows);
    }

    [EngineTheory(TestEngine.DuckDb)]
    [InlineData(TestEngine.DuckDb)]
    [InlineData(TestEngine.Postgres)]
    public async Task A_list_is_as_long_as_its_number_says(string engine)
    {
        if (TestEngine.AbsentBecause(engine) is not null) return;
        await using var warehouse = await LoadAsync(engine);
        foreach (var view in Enum.GetValues<UnitView>())
            foreach (var province in (string[])["Cần Thơ", "Gia Lai"])
            {
                IReadOnlyList<Condition> where = [new("province", [province])];
                var table = await warehouse.AskAsync((query, session) => query.AskAsync(session, new(Counts, [], where, AsOf, View: view), default));
                for (var i = 0; i < Counts.Length; i++)
                {
                    var list = await warehouse.AskAsync((query, session) => query.ListAsync(session, new(Counts[i], where, AsOf, View: view), default));
                    Assert.Equal(table.Rows[0].Values[i].Count, list.All);
                    Assert.Equal(list.All, list.Tasks.Count);
                    Assert.All(list.Tasks, task => Assert.Equal(province, task.Province));
                }
            }
    }

    [EngineTheory(TestEngine.DuckDb)]
    [InlineData(TestEngine.DuckDb)]
    [InlineData(TestEngine.Postgres)]
    public async Task Lists_are_paged_ordered_and_narrowed_down(string engine)
    {
        if (TestEngine.AbsentBecause(engine) is not null) return;
        await using var warehouse = await LoadAsync(engine);
        async Task<string> ListAsync(TaskRequest request)
        {
            var list = await warehouse.AskAsync((query, session) => query.ListAsync(session, request, default));
            return $"{string.Join(' ', list.Tasks.Select(task => task.Code))} of {list.All}";
        }
        var open = new TaskRequest("open", [], AsOf);
        Assert.Equal("T2 T6 T4 T5 of 4", await ListAsync(open));
        Assert.Equal("T6 T4 of 4", await ListAsync(open with { Skip = 1, Take = 2 }));
        Assert.Equal(" of 4", await ListAsync(open with { Skip = 1_000_000 }));
        Assert.Equal("T6 T5 T4 T2 of 4", await ListAsync(open with { Order = TaskOrder.Assignment }));
        Assert.Equal("T2 of 1", await ListAsync(open with { QuietSince = new(2025, 1, 31) }));
        Assert.Equal("T6 of 1", await ListAsync(open with { DueFrom = new(2025, 12, 1), DueTo = new(2025, 12, 31) }));
        Assert.Equal("T2 of 1", await ListAsync(new("open_overdue", [new("province", ["Gia Lai"])], AsOf, View: UnitView.AsIs)));
        await Assert.ThrowsAsync<CatalogException>(() => ListAsync(new("on_time_rate_of_due", [], AsOf)));
        Assert.Contains("did you mean 'open_overdue'", (await Assert.ThrowsAsync<CatalogException>(() => ListAsync(new("open_overdu", [], AsOf)))).Message);
    }

    static string Text(MeasureRow row) => $"{string.Join('|', row.By)}: {string.Join('|', row.Values)}";

    static async Task<LoadedWarehouse> LoadAsync(string engine)
    {
        var home = Directory.CreateTempSubdirectory("analytics-list-");
        File.WriteAllText(Path.Combine(home.FullName, "feed.yml"), Feed);
        File.WriteAllText(Path.Combine(home.FullName, "nhiem-vu_20251231.csv"), Rows);
        var warehouse = await LoadedWarehouse.CreateAsync(engine, home.FullName);
        Assert.Empty((await warehouse.RunAsync([FeedFile.Read(Path.Combine(home.FullName, "feed.yml"))])).Errors);
        home.Delete(recursive: true);
        return warehouse;
    }
}
