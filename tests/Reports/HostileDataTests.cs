using System.Net;
using System.Text;
using Xunit;

namespace Tests.Pages;

/// <summary>Data that try to break pages and files, and corrections of refused rows.</summary>
public sealed class HostileDataTests : IAsyncLifetime
{
    readonly HostileHome home = new();
    TestSite site = null!;

    public async Task InitializeAsync() => site = await TestSite.StartAsync(home.Folder);

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        home.Dispose();
    }

    [Theory]
    [InlineData("/?province=Cần Thơ")]
    [InlineData("/compare?province=Cần Thơ")]
    [InlineData("/scorecard")]
    [InlineData("/backlog?province=Cần Thơ")]
    [InlineData("/risk?list=open")]
    [InlineData("/tasks")]
    [InlineData("/quality")]
    [InlineData("/definitions")]
    public async Task Text_of_the_data_stays_text(string address)
    {
        var page = await site.OpenAsync(address);
        Assert.DoesNotContain(page.QuerySelectorAll("script"), script => script.TextContent.Contains("alert('x')", StringComparison.Ordinal) && script.GetAttribute("type") != "application/json");
        Assert.All(page.QuerySelectorAll("script[type='application/json']"), script => Assert.DoesNotContain("<", script.TextContent));
        Assert.Empty(page.QuerySelectorAll("main i, main td b:not(:empty) script"));
        Assert.DoesNotContain(page.QuerySelectorAll("main b"), bold => bold.TextContent == "lạ");
    }

    [Fact]
    public async Task Names_with_quotes_and_markup_are_filtered_and_drilled_into_by_their_links()
    {
        var page = await site.OpenAsync("/backlog?province=Cần Thơ");
        var row = page.QuerySelectorAll("#places tbody tr").Single(row => row.QuerySelector("th a")!.TextContent == HostileHome.Markup);
        var picked = await site.OpenAsync(row.QuerySelector("th a")!.GetAttribute("href")!);
        Assert.Contains(HostileHome.Markup, picked.QuerySelector(".picked")!.TextContent);
        var tasks = await site.OpenAsync(row.QuerySelector("a.drill")!.GetAttribute("href")!);
        Assert.Equal(2, tasks.QuerySelectorAll("#tile-tasks tbody tr").Length);
        var task = await site.OpenAsync(tasks.QuerySelector("#tile-tasks tbody a")!.GetAttribute("href")!);
        Assert.Contains("<script>", task.QuerySelector("h1")!.TextContent);
        Assert.Contains("X/", task.QuerySelector("#tile-facts")!.TextContent);
    }

    [Fact]
    public async Task Files_carry_what_was_asked_and_no_formula()
    {
        using var answer = await site.Client.GetAsync(new Uri("/csv/tasks/tasks?part=open&lang=en&as_of=2023-04-24", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Contains(lines, line => line == "As of the end of,2023-04-24");
        Assert.Contains(lines, line => line.StartsWith("Filters,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line == "Rows,8");
        Assert.Contains(lines, line => line.StartsWith("\"'=HYPERLINK(\"\"http", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("=", StringComparison.Ordinal) || line.StartsWith("\"=", StringComparison.Ordinal) || line.Contains(",=", StringComparison.Ordinal) || line.Contains(",\"=", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(HostileHome.RightToLeft, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(HostileHome.Emoji, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_correction_waits_in_the_inbox_and_the_next_load_applies_it()
    {
        var page = await site.OpenAsync("/quality");
        var row = page.QuerySelectorAll(".refused li").Single(row => row.TextContent.Contains("31/04/2023", StringComparison.Ordinal));
        string Field(string name) => row.QuerySelector($"input[name='{name}']")!.GetAttribute("value")!;
        Dictionary<string, string> form = new() { ["__RequestVerificationToken"] = Field("__RequestVerificationToken"), ["key"] = Field("key"), ["value:giao"] = "30/04/2023" };

        using var sent = await site.SendAsync("/quality/correct", form);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(home.Folder, "inbox"), "*.json"));
        Assert.Contains("\"giao\": \"30/04/2023\"", File.ReadAllText(file));
        var waiting = await site.OpenAsync("/quality");
        Assert.Contains("chờ lần nạp kế tiếp", waiting.GetElementById("row-" + Field("key"))!.TextContent);

        home.Run();
        var after = await site.OpenAsync("/quality");
        Assert.Null(after.GetElementById("row-" + Field("key")));
        Assert.Contains("30/04/2023", (await site.OpenAsync("/task/xau/SAI-1")).QuerySelector("#tile-facts")!.TextContent);
        using var again = await site.SendAsync("/quality/correct", form);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task Corrections_without_a_token_of_no_row_of_nothing_or_twice_are_refused()
    {
        var page = await site.OpenAsync("/quality");
        var row = page.QuerySelectorAll(".refused li").Single(row => row.TextContent.Contains("31/04/2023", StringComparison.Ordinal));
        var (token, key) = (row.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!, row.QuerySelector("input[name=key]")!.GetAttribute("value")!);
        async Task RefusedAsync(HttpStatusCode status, string said, Dictionary<string, string> form)
        {
            using var answer = await site.SendAsync("/quality/correct", form);
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(said, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        }
        await RefusedAsync(HttpStatusCode.BadRequest, "yêu cầu đến từ nơi khác", new() { ["key"] = key, ["value:giao"] = "30/04/2023" });
        await RefusedAsync(HttpStatusCode.BadRequest, "yêu cầu đến từ nơi khác", new() { ["__RequestVerificationToken"] = "x", ["key"] = key, ["value:giao"] = "30/04/2023" });
        foreach (var wrong in (string[])["1", "-5", "../../x", "99999999999999999999", ""])
            await RefusedAsync(HttpStatusCode.BadRequest, "Không có dòng này", new() { ["__RequestVerificationToken"] = token, ["key"] = wrong, ["value:giao"] = "30/04/2023" });
        await RefusedAsync(HttpStatusCode.BadRequest, "giống giá trị đã nhận", new() { ["__RequestVerificationToken"] = token, ["key"] = key, ["value:giao"] = "31/04/2023" });
        await RefusedAsync(HttpStatusCode.BadRequest, "giống giá trị đã nhận", new() { ["__RequestVerificationToken"] = token, ["key"] = key, ["value:trang_thai"] = "Xong" });
        await RefusedAsync(HttpStatusCode.BadRequest, "quá dài", new() { ["__RequestVerificationToken"] = token, ["key"] = key, ["value:giao"] = new string('1', 2001) });
        Assert.False(Directory.Exists(Path.Combine(home.Folder, "inbox")));

        Directory.CreateDirectory(Path.Combine(home.Folder, "inbox"));
        File.WriteAllText(Path.Combine(home.Folder, "inbox", "cua-toi.json"), "{\"quarantine_key\": " + key + ", \"values\": {\"giao\": \"29/04/2023\"}}");
        await RefusedAsync(HttpStatusCode.Conflict, "tệp khác", new() { ["__RequestVerificationToken"] = token, ["key"] = key, ["value:giao"] = "30/04/2023" });
        Assert.Single(Directory.GetFiles(Path.Combine(home.Folder, "inbox")));
    }
}
