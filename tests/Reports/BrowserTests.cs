using Microsoft.Playwright;
using Reports;
using Xunit;

namespace Tests.Pages;

/// <summary>The page in a real browser. Screenshots are kept under artifacts/screenshots, to be looked at.</summary>
[Collection(SiteCollection.Name)]
public sealed class BrowserTests(SiteFixture fixture)
{
    static string Screenshots => Path.Combine(AppContext.BaseDirectory[..AppContext.BaseDirectory.LastIndexOf("artifacts", StringComparison.Ordinal)], "artifacts", "screenshots");

    [BrowserFact]
    public Task The_page_draws_its_charts_in_Vietnamese() => OpensAsync("/backlog", "backlog-vi", new());

    [BrowserFact]
    public Task The_page_draws_its_charts_in_English() => OpensAsync("/backlog?lang=en", "backlog-en", new());

    [BrowserFact]
    public Task The_page_draws_its_charts_in_the_dark() => OpensAsync("/backlog", "backlog-dark", new() { ColorScheme = ColorScheme.Dark });

    [BrowserFact]
    public Task The_page_fits_a_phone() => OpensAsync("/backlog", "backlog-phone", new() { ViewportSize = new() { Width = 390, Height = 844 } });

    [BrowserFact]
    public Task The_page_shows_its_tables_without_JavaScript() => OpensAsync("/backlog", "backlog-no-script", new() { JavaScriptEnabled = false });

    [BrowserFact]
    public async Task Printed_pages_have_charts_and_tables_and_no_controls()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 794, Height = 1123 }, ColorScheme = ColorScheme.Dark });
        await page.GotoAsync(fixture.Site.Address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, "backlog-print.png"), FullPage = true });
        Assert.Equal(3, await page.Locator("figure.chart details table:visible").CountAsync());
        Assert.Equal(0, await page.Locator("form:visible, nav:visible").CountAsync());
        Assert.Equal("rgb(28, 36, 48)", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).color"));
    }

    static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Chromium, Args = ["--no-sandbox", "--disable-quic"] });

    async Task OpensAsync(string address, string name, BrowserNewContextOptions options)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        options.ViewportSize ??= new() { Width = 1366, Height = 768 };
        var page = await browser.NewPageAsync(new() { ViewportSize = options.ViewportSize, ColorScheme = options.ColorScheme, JavaScriptEnabled = options.JavaScriptEnabled });
        var complaints = new List<string>();
        page.Console += (_, message) => { if (message.Type is "error" or "warning") complaints.Add(message.Text); };
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync(new Uri(fixture.Site.Address, address).ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, name + ".png"), FullPage = true });

        Assert.Empty(complaints);
        var isDrawn = options.JavaScriptEnabled != false && SiteAssets.Address("lib/echarts.min.js").Contains('?', StringComparison.Ordinal);
        Assert.Equal(isDrawn ? 3 : 0, await page.Locator("figure.chart canvas").CountAsync());
        Assert.Equal(isDrawn ? 0 : 3, await page.Locator("figure.chart details table:visible").CountAsync());
        if (options.JavaScriptEnabled != false) Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen");
    }
}
