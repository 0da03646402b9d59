using Etl.Demo;
using Etl.Feeds;
using Tests.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>What the official letters state, asked of the generated sources of their cities after a real load, on every engine.</summary>
public sealed class LettersTests : IDisposable
{
    readonly DirectoryInfo home = Directory.CreateTempSubdirectory("analytics-letters-");

    [EngineFact(TestEngine.DuckDb)]
    public Task The_letters_hold_in_a_file() => HoldAsync(TestEngine.DuckDb);

    [EngineFact(TestEngine.Postgres)]
    public Task The_letters_hold_on_a_server() => HoldAsync(TestEngine.Postgres);

    [EngineFact(TestEngine.SqlServer)]
    public Task The_letters_hold_on_SQL_Server() => HoldAsync(TestEngine.SqlServer);

    [EngineFact(TestEngine.Citus)]
    public Task The_letters_hold_on_a_cluster() => HoldAsync(TestEngine.Citus);

    public void Dispose() => home.Delete(recursive: true);

    async Task HoldAsync(string engine)
    {
        await WriteSourcesAsync(home.FullName);
        await using var warehouse = await LoadedWarehouse.CreateAsync(engine, home.FullName);
        Assert.Empty((await warehouse.RunAsync([.. FeedFolder.Read(FeedFolder.Shipped).Where(feed => feed.Name is "da-nang" or "can-tho")])).Errors);
        // 1680/UBND-NC, S4-03 to S4-05.
        Assert.Equal(["916 | 682 | 135 | 234 | 57"], await warehouse.ReportAsync("period_summary", "assigned, completed, completed_late, in_progress, in_progress_overdue",
            ("from", "2023-01-01"), ("to", "2023-04-24"), ("province", "Cần Thơ")));
        // 4651/UBND-KSTT, S1-12; window and bases are assumed.
        Assert.Equal(["Sở Giao thông vận tải", "Sở Nội vụ", "Sở Tài chính"], await warehouse.ReportAsync("scorecard", "agency_name",
            ("from", "2021-01-01"), ("to", "2021-07-26"), ("province", "Đà Nẵng"), ("shown", "commended")));
        // 1204/UBND-KSTT, S0-08 and S0-10: exactly these three, and one without a plan (which one is made up).
        Assert.Equal(
            ["2021 | Ban Quản lý các dự án đầu tư cơ sở hạ tầng ưu tiên | missing", "2021 | Sở Giáo dục và Đào tạo | in_time", "2021 | Sở Tài nguyên và Môi trường | in_time"],
            (await warehouse.ReportAsync("overdue_agencies", "cohort_year, agency_name, plan_code", ("as_of", "2023-03-24"), ("province", "Đà Nẵng"), ("year_to", "2021"))).Order(StringComparer.Ordinal));
        Assert.Equal(["1204/UBND-KSTT | 2023-03-23 | missing"], await warehouse.ReportAsync("plan_requests", "document_number, last_date, plan_code", ("as_of", "2023-03-24"), ("shown", "not_in_time")));
        await AssertDeadlineReportsAsync(warehouse);
    }

    /// <summary>The counts of the table and of the list behind it are the same findings.</summary>
    static async Task AssertDeadlineReportsAsync(LoadedWarehouse warehouse)
    {
        (string, string)[] window = [("from", "2025-01-01"), ("to", "2025-12-31"), ("province", "Đà Nẵng")];
        var counted = (await warehouse.ReportAsync("deadline_reports", "reported_late, missing", window)).Select(row => row.Split(" | ").Select(int.Parse).ToArray()).ToList();
        var listed = await warehouse.ReportAsync("missing_deadline_reports", "finding_code", window);

        Assert.True(counted.Sum(row => row[0]) > 0 && counted.Sum(row => row[1]) > 0);
        Assert.Equal(counted.Sum(row => row[0]), listed.Count(code => code == "late"));
        Assert.Equal(counted.Sum(row => row[1]), listed.Count(code => code == "missing"));
    }

    /// <summary>The generated systems of Đà Nẵng and Cần Thơ, where their feeds look for them.</summary>
    internal static async Task WriteSourcesAsync(string home)
    {
        var options = new DemoOptions();
        var (world, manifest) = (new World(options), new Manifest());
        string Folder(string name) => Directory.CreateDirectory(Path.Combine(home, "sources", name)).FullName;
        await new DaNangDatabase(world.Of(Places.DaNang), options, manifest).WriteAsync(Path.Combine(Folder("da-nang"), "da-nang.sqlite"), default);
        new CanThoLists(world.Of(Places.CanTho), options, manifest).Write(Folder("can-tho"), default);
    }
}
