using System.Net;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Pages;

public sealed class PublicationTests
{
    [Fact]
    public async Task Before_the_first_publication_the_page_says_what_to_run()
    {
        var folder = Directory.CreateTempSubdirectory("analytics-pages-");
        await using var site = await TestSite.StartAsync(folder.FullName);
        var page = await site.OpenAsync("/backlog", HttpStatusCode.ServiceUnavailable);
        Assert.Equal("./analytics demo", page.QuerySelector("code")!.TextContent);
        using var health = await site.Client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("current", "no number")]
    [InlineData("warehouse-a.duckdb", "no database")]
    [InlineData("warehouse-a.duckdb", null)]
    public async Task A_damaged_warehouse_is_a_friendly_page(string file, string? content)
    {
        using var home = new TestHome();
        var path = Path.Combine(home.Folder, file);
        if (content is null) File.Delete(path);
        else File.WriteAllText(path, content);
        await using var site = await TestSite.StartAsync(home.Folder);
        var page = await site.OpenAsync("/backlog", HttpStatusCode.ServiceUnavailable);
        Assert.Equal("Không đọc được kho số liệu", page.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("Exception", page.DocumentElement.OuterHtml);
    }

    [Fact]
    public async Task A_state_of_another_version_is_said_to_be_one_and_what_to_run()
    {
        using var home = new TestHome();
        await using (var engine = new DuckDbEngine(home.Folder, new DuckDbSettings()))
        await using (var workspace = await engine.OpenWorkspaceAsync(default))
        {
            await workspace.RunAsync("drop table warehouse.dim_counted_day");
            await workspace.RunAsync("update staging.built_state set text_key = 1");
            await workspace.PublishAsync(default);
        }
        await using var site = await TestSite.StartAsync(home.Folder);
        var page = await site.OpenAsync("/backlog", HttpStatusCode.ServiceUnavailable);
        Assert.Equal("Kho số liệu do phiên bản khác của chương trình dựng", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("./analytics run", page.QuerySelector("code")!.TextContent);
    }

    [Fact]
    public async Task A_source_that_came_after_its_cut_off_is_said_to_be_late()
    {
        using var home = new TestHome();
        await using var site = await TestSite.StartAsync(home.Folder);
        Assert.DoesNotContain("số liệu chậm", (await site.OpenAsync("/backlog")).Body!.TextContent);
        // Every day at midnight: whatever the hour of this test, today's data come after it.
        File.WriteAllText(Path.Combine(home.Folder, "schedule.yml"), "publish: { cron: \"0 6 * * *\" }\nfeeds:\n  thu-nghiem: { cron: \"* * * * *\", cut_off: \"00:00\" }\n");
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        File.AppendAllText(Path.Combine(home.Folder, "runs.jsonl"), $$"""{"RunKey":1,"StepNo":1,"Verb":"load","Step":"load","Outcome":"loaded","Started":"{{yesterday:O}}","Seconds":1,"Engine":"duckdb","Feed":"thu-nghiem","Record":"task"}""" + "\n");
        home.Write("20230531");
        home.Load();

        var page = await site.OpenAsync("/backlog");
        Assert.Contains(page.QuerySelectorAll(".badge"), badge => badge.TextContent == "Nguồn có số liệu chậm: Hệ thống thử nghiệm. Xem phần “Số liệu mới đến đâu”.");
        var row = page.QuerySelectorAll("tr").Single(row => row.QuerySelector("th")?.TextContent == "Hệ thống thử nghiệm");
        Assert.Contains("Số liệu đến sau giờ chốt trong ngày hoặc chưa đến.", row.TextContent);
        // Beside a source with a cut-off one that has none.
        var fresh = (await site.OpenAsync("/quality")).QuerySelector("#tile-sources")!;
        var column = fresh.QuerySelectorAll("thead th").Select(head => head.TextContent).ToList().IndexOf("Giờ chốt gần nhất");
        string CutOff(string source) => fresh.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == source).Children[column].TextContent;
        Assert.StartsWith("00:00, ", CutOff("Hệ thống thử nghiệm"), StringComparison.Ordinal);
        Assert.EndsWith("đến sau giờ chốt hoặc chưa đến", CutOff("Hệ thống thử nghiệm").Trim(), StringComparison.Ordinal);
        Assert.Equal("Không có giờ chốt", (await site.OpenAsync("/quality?scope=example")).QuerySelector("#tile-sources tbody tr")!.Children[column].TextContent.Trim());
        Assert.DoesNotContain("late", (await site.OpenAsync("/backlog?scope=example&lang=en")).QuerySelector(".badge")!.TextContent);
    }

    [Fact]
    public async Task A_check_that_did_not_pass_is_told_with_the_rows_that_it_found()
    {
        using var home = new TestHome();
        await using var site = await TestSite.StartAsync(home.Folder);
        const string Check = "no task is completed before it was assigned";
        Assert.DoesNotContain(Check, (await site.OpenAsync("/quality")).Body!.TextContent);
        File.WriteAllText(Path.Combine(home.Folder, "rows", "thu-nghiem_20230430.csv"), "id;tinh;giao;han;bao_cao;xong;trang_thai;ngay_trich_xuat\nNGUOC-1;Cần Thơ;10/03/2023;10/06/2023;01/03/2023;01/03/2023;Xong;20230430\n");

        home.Load();

        var row = (await site.OpenAsync("/quality")).QuerySelectorAll("#tile-failures tbody tr").Single(row => row.TextContent.Contains(Check, StringComparison.Ordinal));
        Assert.Contains("1 rows, for example task_key ", row.TextContent);
        Assert.Contains("2023-03-10", row.TextContent);
    }

    [Fact]
    public async Task Loads_take_turns_with_readers_and_each_page_is_of_one_publication()
    {
        using var home = new TestHome();
        await using var site = await TestSite.StartAsync(home.Folder);
        Assert.Contains("24/04/2023", (await site.OpenAsync("/backlog")).QuerySelector("h1")!.TextContent);
        foreach (var day in (string[])["20230531", "20230630", "20230731"])
        {
            home.Write(day);
            var loading = Task.Run(home.Load);
            while (!loading.IsCompleted) await site.OpenAsync("/backlog");
            await loading;
            var shown = DateOnly.ParseExact(day, "yyyyMMdd").ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Contains(shown, (await site.OpenAsync("/backlog")).QuerySelector("h1")!.TextContent);
        }
        Assert.Equal("""{"status":"ok","publication":4}""", await site.Client.GetStringAsync(new Uri("/health", UriKind.Relative)));
    }
}
