using Etl.Feeds;
using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>A system whose province became part of another: its list of units, hand-overs and successors, from files to the warehouse.</summary>
public sealed class UnitsTests
{
    const string Feed = """
        feed: binh-dinh-thu
        title: Bình Định – Gia Lai
        title_en: Bình Định – Gia Lai
        province: Bình Định
        agencies: listed
        max_rejected: 1
        source: { kind: csv, folder: "{home}", separator: ";", encoding: utf-8, settle_seconds: 0, extract_date: "_(?<date>\\d{8})\\.csv$" }
        records:
          agency:
            from: { files: "don-vi_*.csv" }
            columns:
              agency_id: { from: ma }
              name: { from: ten }
              province: { from: tinh }
              valid_from: { from: tu, formats: [iso] }
              valid_to: { from: den, formats: [iso] }
              successors: { from: ke_thua, split: "," }
          task:
            from: { files: "nhiem-vu_*.csv" }
            columns:
              task_id: { from: ma }
              province: { from: tinh }
              agency: { from: don_vi }
              assigned: { from: giao, formats: [iso] }
              due: { from: han, formats: [iso] }
              taken_over_from: { from: ban_giao_tu }
              status: { from: trang_thai, lookup: { Đang làm: in_progress, Bàn giao: transferred } }
          task_event:
            from: { files: "dien-bien_*.csv" }
            columns:
              task_id: { from: ma }
              event: { constant: handed_over }
              at: { from: luc, formats: [iso] }
              agency: { from: don_vi }
        """;

    static readonly Dictionary<string, string> Files = new()
    {
        ["feed.yml"] = Feed,
        ["don-vi_20251231.csv"] = """
            ma;ten;tinh;tu;den;ke_thua
            U1;Sở Tài chính;Bình Định;2016-01-01;2025-06-30;U2
            U2;Sở Tài chính;Gia Lai;2025-07-01;;
            U3;Sở Y tế;Bình Định;2016-01-01;2025-06-30;U4,U5
            U4;Sở Y tế;Gia Lai;2025-07-01;;
            U5;Sở Nội vụ;Gia Lai;2025-07-01;;
            U6;Sở Du lịch;Bình Định;2025-07-01;2025-03-01;
            """,
        ["nhiem-vu_20251231.csv"] = """
            ma;tinh;don_vi;giao;han;ban_giao_tu;trang_thai
            1;Bình Định;Sở Tài chính;2025-05-05;2025-12-01;;Đang làm
            2;Bình Định;Sở Tài chính;2025-05-05;2025-12-01;;Bàn giao
            3;Gia Lai;Sở Tài chính;2025-07-01;2025-12-01;2;Đang làm
            4;Bình Định;Sở Y tế;2025-05-05;2025-12-01;;Đang làm
            """,
        ["dien-bien_20251231.csv"] = """
            ma;luc;don_vi
            1;2025-07-01;Sở Tài chính
            """,
    };

    [EngineFact(TestEngine.DuckDb)]
    public async Task Units_hand_overs_and_successors_come_through_and_a_unit_that_closed_before_it_opened_waits_in_quarantine()
    {
        var home = Directory.CreateTempSubdirectory("units");
        try
        {
            foreach (var (name, text) in Files) await File.WriteAllTextAsync(Path.Combine(home.FullName, name), text);
            await using var warehouse = await LoadedWarehouse.CreateAsync(TestEngine.DuckDb, home: home.FullName);
            var run = await warehouse.RunAsync([FeedFile.Read(Path.Combine(home.FullName, "feed.yml"))]);

            Assert.Empty(run.Errors);
            Assert.Equal(["den 2025-03-01 lies before the unit's first day"], await warehouse.RowsAsync<string>("select concat(column_name, ' ', received_text, ' ', reason) from raw.quarantine"));
            // An event says no province: it is still the new unit, because of its day.
            Assert.Equal(["Gia Lai 1→1 0", "Gia Lai 2→3 1"], await warehouse.RowsAsync<string>("""
                select concat(province_name, ' ', from_task.task_code, '→', to_task.task_code, ' ', is_linked)
                from analytics.task_hand_over
                join warehouse.task_text as from_task on from_task_key = from_task.task_key
                join warehouse.task_text as to_task on to_task_key = to_task.task_key
                join warehouse.dim_agency on to_agency_key = dim_agency.agency_key
                join warehouse.dim_province on dim_agency.province_key = dim_province.province_key
                order by 1
                """));
            Assert.Equal(["4 Sở Y tế"], await warehouse.RowsAsync<string>("""
                select concat(task_code, ' ', agency_name)
                from analytics.task_without_hand_over
                join warehouse.task_text on task_without_hand_over.task_key = task_text.task_key
                join warehouse.dim_agency on successor_key = dim_agency.agency_key
                """));
            Assert.Equal(["Gia Lai, Sở Tài chính: 2", "Gia Lai, Sở Y tế: 1"], await warehouse.MeasureAsync("open", "province, agency", "", Warehouse.Measures.UnitView.AsIs));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
