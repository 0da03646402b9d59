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
    public Task The_page_draws_its_charts_in_Vietnamese() => OpensAsync("/", "backlog-vi", new());

    [BrowserFact]
    public Task The_page_draws_its_charts_in_English() => OpensAsync("/?lang=en", "backlog-en", new());

    [BrowserFact]
    public Task The_page_draws_its_charts_in_the_dark() => OpensAsync("/", "backlog-dark", new() { ColorScheme = ColorScheme.Dark });

    [BrowserFact]
    public Task The_page_fits_a_phone() => OpensAsync("/", "backlog-phone", new() { ViewportSize = new() { Width = 390, Height = 844 } });

    [BrowserFact]
    public Task The_page_shows_its_tables_without_JavaScript() => OpensAsync("/", "backlog-no-script", new() { JavaScriptEnabled = false });

    async Task OpensAsync(string address, string name, BrowserNewContextOptions options)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Chromium, Args = ["--no-sandbox", "--disable-quic"] });
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
