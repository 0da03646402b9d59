using Microsoft.Playwright;

namespace Tests.Pages;

/// <summary>Debian's chromium over a site; what its console complains of is kept.</summary>
public sealed class TestBrowser : IAsyncDisposable
{
    readonly IPlaywright playwright;
    readonly IBrowser browser;
    readonly Uri site;
    readonly List<IBrowserContext> contexts = [];

    TestBrowser(IPlaywright playwright, IBrowser browser, Uri site) => (this.playwright, this.browser, this.site) = (playwright, browser, site);

    public static string Repository => AppContext.BaseDirectory[..AppContext.BaseDirectory.LastIndexOf("artifacts", StringComparison.Ordinal)];

    public List<string> Complaints { get; } = [];

    public static async Task<TestBrowser> StartAsync(Uri site)
    {
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Chromium, Args = ["--no-sandbox", "--disable-quic"] }), site);
    }

    public async Task<IPage> OpenAsync(string address, BrowserNewContextOptions options)
    {
        options.ViewportSize ??= new() { Width = 1366, Height = 768 };
        options.ReducedMotion = ReducedMotion.Reduce;
        var context = await browser.NewContextAsync(options);
        contexts.Add(context);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => { if (message.Type is "error" or "warning") Complaints.Add($"{address}: {message.Text}"); };
        page.PageError += (_, error) => Complaints.Add($"{address}: {error}");
        await page.GotoAsync(new Uri(site, address).ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        return page;
    }

    /// <summary>Does what redraws a page, and waits until it is redrawn.</summary>
    public static async Task RedrawnAsync(IPage page, Func<Task> act)
    {
        var before = await page.EvaluateAsync<int>("window.redrawn || 0");
        await act();
        await page.WaitForFunctionAsync("before => (window.redrawn || 0) > before", before);
    }

    public Task KeepAsync(IPage page, string name) => page.ScreenshotAsync(new() { Path = Path.Combine(Repository, "artifacts", "screenshots", name + ".png"), FullPage = true });

    public async ValueTask DisposeAsync()
    {
        foreach (var context in contexts) await context.DisposeAsync();
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
