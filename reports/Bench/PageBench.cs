using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Reports.Pages;
using Warehouse.Engines;

namespace Reports.Bench;

/// <summary>
/// How fast and how heavy the pages are over a home: each page cold, then clicks that pick a mark. In a real browser until all is drawn;
/// and of the server alone, with the questions of a page in one statement and, beside it, one by one.
/// </summary>
public sealed partial class PageBench(IEngine engine, string home, TextWriter output)
{
    /// <summary>Milliseconds; 24 tiles cold, and 95 of 100 clicks.</summary>
    const double ColdGoal = 1000, ClickGoal = 200;

    const int WeightGoal = 500 * 1024;

    const int MostClicks = 20;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var (together, alone, drawn) = (new List<Measured>(), new List<Measured>(), new List<Measured>());
        await using var browser = Chromium.IsThere ? await Chromium.StartAsync(cancel) : null;
        // In turn, so that what else the machine does meets both alike.
        foreach (var page in PageList.All.Where(page => page.IsListed))
        {
            together.Add(await MeasureAsync(page, true, cancel));
            alone.Add(await MeasureAsync(page, false, cancel));
            if (browser is not null) drawn.Add(await DrawAsync(browser, page, cancel));
        }
        if (browser is not null)
        {
            await output.WriteLineAsync("in a browser, until all is drawn");
            await output.WriteLineAsync($"{"page",-12} {"cold",9} {"click p50",10} {"p95",9} {"clicks",7}");
            foreach (var page in drawn)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{page.Name,-12} {page.Cold,6:0} ms {page.Clicked(0.5),10} {page.Clicked(0.95),9} {page.Clicks.Count,7}"));
        }
        await output.WriteLineAsync("of the server alone");
        await output.WriteLineAsync($"{"page",-12} {"cold",9} {"one by one",11} {"click p50",10} {"p95",9} {"one by one",11} {"weight",10}");
        foreach (var (page, one) in together.Zip(alone))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{page.Name,-12} {page.Cold,6:0} ms {one.Cold,8:0} ms {page.Clicked(0.5),10} {page.Clicked(0.95),9} {one.Clicked(0.95),11} {page.Weight / 1024.0,7:0} KB"));
        var judged = browser is null ? together : drawn;
        var (cold, click, weight) = (judged.Max(page => page.Cold), judged.Select(page => page.Click(0.95)).Max(), together.Max(page => page.Weight));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(browser is null ? "there is no chromium here, so of the server alone: " : "in a browser: ")}slowest page cold {cold:0} ms (goal under {ColdGoal:0}: {Verdict(cold < ColdGoal)}), slowest click p95 {click:0} ms (goal under {ClickGoal:0}: {Verdict(click < ClickGoal)}), heaviest page {weight / 1024.0:0} KB with scripts, styles and fonts, compressed (goal under 500: {Verdict(weight < WeightGoal)})"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"asked together, all pages and clicks took {together.Sum(page => page.Spent) / alone.Sum(page => page.Spent):0.00} of the time and {together.Sum(page => page.Processor) / alone.Sum(page => page.Processor):0.00} of the processor time ({together.Sum(page => page.Processor):0} ms against {alone.Sum(page => page.Processor):0} ms) of the same questions one by one"));
        return 0;
    }

    static string Verdict(bool isReached) => isReached ? "reached" : "not reached";

    async Task<Measured> DrawAsync(Chromium browser, Page page, CancellationToken cancel)
    {
        await using var app = await StartAsync(asksTogether: true, cancel);
        using var client = Client(app);
        await WarmUpAsync(client, page, cancel);
        var (cold, clicks) = await PageInBrowser.MeasureAsync(browser, new Uri(client.BaseAddress!, page.Path), MostClicks, cancel);
        return new(page.Name, cold, clicks, 0);
    }

    /// <summary>A program of its own for each page: nothing of another page's answers is remembered.</summary>
    async Task<WebApplication> StartAsync(bool asksTogether, CancellationToken cancel)
    {
        var app = Site.Build(engine, 0, home, asksTogether);
        await app.StartAsync(cancel);
        return app;
    }

    static HttpClient Client(WebApplication app) =>
        new(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

    /// <summary>Code is compiled and pages of the file are read once before anything is timed.</summary>
    static async Task WarmUpAsync(HttpClient client, Page page, CancellationToken cancel)
    {
        var address = new Uri(page.Path + "?as_of=" + await DayAsync(client, cancel), UriKind.Relative);
        using var whole = await client.GetAsync(address, cancel);
        // Answering with the parts that changed is other code.
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add(PageAnswer.ShownHeader, "none:0");
        using var parts = await client.SendAsync(request, cancel);
    }

    async Task<Measured> MeasureAsync(Page page, bool asksTogether, CancellationToken cancel)
    {
        await using var app = await StartAsync(asksTogether, cancel);
        using var client = Client(app);
        await WarmUpAsync(client, page, cancel);
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var html = await client.GetStringAsync(new Uri(page.Path, UriKind.Relative), cancel);
        var cold = watch.Elapsed.TotalMilliseconds;
        var clicks = new List<double>();
        var parts = string.Join(',', Part().Matches(html).Select(part => $"{part.Groups["id"].Value}:{part.Groups["hash"].Value}"));
        foreach (var link in Pick().Matches(html).Select(pick => WebUtility.HtmlDecode(pick.Groups["link"].Value)).Distinct().Take(MostClicks))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(link, UriKind.Relative));
            request.Headers.Add(PageAnswer.ShownHeader, parts);
            watch.Restart();
            using var answer = await client.SendAsync(request, cancel);
            await answer.Content.ReadAsByteArrayAsync(cancel);
            clicks.Add(watch.Elapsed.TotalMilliseconds);
        }
        process.Refresh();
        var spent = (process.TotalProcessorTime - processor).TotalMilliseconds;
        return new(page.Name, cold, clicks, await WeightAsync(client, page.Path, html, cancel)) { Processor = spent };
    }

    /// <summary>A day before the newest one, so that the warm-up asks other questions than those that are timed.</summary>
    static async Task<string> DayAsync(HttpClient client, CancellationToken cancel)
    {
        var html = await client.GetStringAsync(new Uri("/definitions?lang=en", UriKind.Relative), cancel);
        var day = NewestDay().Match(html) is { Success: true } match ? DateOnly.ParseExact(match.Groups["day"].Value, "d MMM yyyy", CultureInfo.InvariantCulture) : throw new InvalidOperationException("bench pages: nothing is published in this home");
        return day.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Bytes that a browser with an empty cache fetches for a page.</summary>
    static async Task<long> WeightAsync(HttpClient client, string path, string html, CancellationToken cancel)
    {
        var assets = Asset().Matches(html).Select(asset => asset.Groups["address"].Value).Append("/lib/be-vietnam-pro-latin-600-normal.woff2").Append("/lib/be-vietnam-pro-vietnamese-600-normal.woff2").Prepend(path).Distinct();
        var sum = 0L;
        foreach (var address in assets)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
            request.Headers.AcceptEncoding.ParseAdd("gzip");
            using var answer = await client.SendAsync(request, cancel);
            sum += (await answer.Content.ReadAsByteArrayAsync(cancel)).LongLength;
        }
        return sum;
    }

    sealed record Measured(string Name, double Cold, IReadOnlyList<double> Clicks, long Weight)
    {
        /// <summary>Milliseconds of the processors, of drawing the page and of all clicks.</summary>
        public double Processor { get; init; }

        /// <summary>The same by the clock.</summary>
        public double Spent => Cold + Clicks.Sum();

        /// <summary>The same as it is printed; a dash on a page without marks to click.</summary>
        public string Clicked(double share) => Clicks.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{Click(share):0} ms");

        public double Click(double share) => Clicks.Count == 0 ? 0 : Clicks.Order().ElementAt(Math.Min(Clicks.Count - 1, (int)(Clicks.Count * share)));
    }

    [GeneratedRegex("""id="(?<id>[\w-]+)"[^>]*data-hash="(?<hash>\w+)""")]
    private static partial Regex Part();

    [GeneratedRegex("""href="(?<link>[^"#]*[?&;]pick=[^"]*)""")]
    private static partial Regex Pick();

    [GeneratedRegex("""(?:src|href|data-map)="(?<address>/[\w./-]+\.(?:js|css|svg|woff2|json)(?:\?v=\w+)?)""")]
    private static partial Regex Asset();

    [GeneratedRegex(@"Data to (?<day>\d{1,2} \w{3} \d{4})")]
    private static partial Regex NewestDay();
}
