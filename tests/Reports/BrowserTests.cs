using Microsoft.Playwright;
using Reports.Pages;
using Xunit;

namespace Tests.Pages;

/// <summary>Every page in a real browser. Screenshots are kept under artifacts/screenshots, to be looked at.</summary>
[Collection(SiteCollection.Name)]
public sealed class BrowserTests(SiteFixture fixture) : IAsyncLifetime
{
    TestBrowser browser = null!;

    public async Task InitializeAsync() => browser = await TestBrowser.StartAsync(fixture.Site.Address);

    public async Task DisposeAsync() => await browser.DisposeAsync();

    public static TheoryData<string, string> Pages
    {
        get
        {
            var pages = new TheoryData<string, string>();
            foreach (var page in PageList.All) pages.Add(page.Name, page.IsListed ? page.Path : "/task/thu-nghiem/T0");
            return pages;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_draws_without_a_complaint_in_both_languages(string name, string path)
    {
        foreach (var language in (string[])["vi", "en"])
        {
            var page = await browser.OpenAsync($"{path}{(language == "en" ? "?lang=en" : "")}", new());
            await browser.KeepAsync(page, $"{name}-{language}");
            Assert.Empty(browser.Complaints);
            Assert.Equal(await page.Locator("figure.chart").CountAsync(), await page.Locator("figure.chart canvas").CountAsync());
            Assert.Equal(0, await page.Locator("details.fold > .wide:visible").CountAsync());
            await FitsAsync(page);
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_fits_a_phone_the_dark_and_twice_the_size(string name, string path)
    {
        var phone = await browser.OpenAsync(path, new() { ViewportSize = new() { Width = 390, Height = 844 } });
        await browser.KeepAsync(phone, $"{name}-phone");
        await FitsAsync(phone);
        var dark = await browser.OpenAsync(path + "?lang=en", new() { ColorScheme = ColorScheme.Dark });
        await browser.KeepAsync(dark, $"{name}-dark");
        // 200 % zoom of a 1366 px screen.
        var zoomed = await browser.OpenAsync(path, new() { ViewportSize = new() { Width = 683, Height = 384 } });
        await FitsAsync(zoomed);
        Assert.Empty(browser.Complaints);
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_shows_its_tables_without_JavaScript(string name, string path)
    {
        var page = await browser.OpenAsync(path, new() { JavaScriptEnabled = false });
        if (name is "overview" or "backlog" or "compare") await browser.KeepAsync(page, $"{name}-no-script");
        Assert.Equal(0, await page.Locator("canvas").CountAsync());
        Assert.Equal(await page.Locator("details.fold table").CountAsync(), await page.Locator("details.fold table:visible").CountAsync());
        if (await page.Locator("details.slicer").CountAsync() == 0) return;
        await page.Locator("details.slicer").First.Locator("summary").ClickAsync();
        await page.Locator("details.slicer").First.GetByText("Cần Thơ").ClickAsync();
        Assert.Contains("province=", page.Url);
        Assert.Contains("Cần Thơ", await page.Locator(".trail").InnerTextAsync());
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task Printed_pages_have_charts_and_tables_and_no_controls(string name, string path)
    {
        var page = await browser.OpenAsync(path, new() { ViewportSize = new() { Width = 794, Height = 1123 }, ColorScheme = ColorScheme.Dark });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await browser.KeepAsync(page, $"{name}-print");
        Assert.Equal(await page.Locator("details.fold table").CountAsync(), await page.Locator("details.fold table:visible").CountAsync());
        Assert.Equal(0, await page.Locator("form:visible, nav.pages:visible, .slicer:visible, .foot:visible").CountAsync());
        Assert.Equal("rgb(28, 36, 48)", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).color"));
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing_serious(string name, string path)
    {
        Assert.NotEmpty(name);
        var axe = await File.ReadAllTextAsync(Path.Combine(TestBrowser.Repository, "node_modules", "axe-core", "axe.min.js"));
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            var page = await browser.OpenAsync(path, new() { ColorScheme = scheme });
            await page.EvaluateAsync(axe);
            Assert.Empty(await FoundAsync(page, "document"));
            if (await page.Locator("details.slicer").CountAsync() == 0) continue;
            await page.Locator("details.slicer summary").First.ClickAsync();
            Assert.Empty(await FoundAsync(page, "document.querySelector('details.slicer')"));
        }
    }

    /// <summary>What axe calls serious or critical, with where it is.</summary>
    static Task<string[]> FoundAsync(IPage page, string inside) => page.EvaluateAsync<string[]>($$"""
                async () => (await axe.run({{inside}}, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations
                    .filter(one => one.impact === "serious" || one.impact === "critical")
                    .map(one => `${one.id}: ${one.nodes.map(node => node.target.join(" ") + " " + node.html.slice(0, 160)).slice(0, 3).join(" | ")}`)
                """);

    /// <summary>Nothing makes the page wider than the screen.</summary>
    static async Task FitsAsync(IPage page)
    {
        var wide = await page.EvaluateAsync<string[]>("""
            () => document.documentElement.scrollWidth <= innerWidth ? [] :
                [...document.querySelectorAll("main *, nav *, header *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".wide")).slice(0, 4).map(one => one.outerHTML.slice(0, 120))
            """);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{page.Url} is wider than the screen: {string.Join(" | ", wide)}");
    }
}
