namespace Reports.Bench;

/// <summary>What somebody at the screen waits for: a page until its charts are drawn, and a click until what it changes is drawn.</summary>
static class PageInBrowser
{
    /// <summary>Loaded, every chart drawn, and painted: the page's own clock since the address was asked for.</summary>
    const string Drawn = """
        new Promise(done => {
          const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
          const look = () => document.readyState === "complete" && (window.chartsDrawn || 0) >= document.querySelectorAll("figure.chart").length
            ? painted() : setTimeout(look, 2);
          look();
        })
        """;

    const string Links = """[...new Set([...document.querySelectorAll('#content a[href*="pick="]')].map(link => link.getAttribute("href")))]""";

    /// <summary>Acts, and tells the milliseconds until the parts that change are there and painted.</summary>
    const string Acted = """
        (act => new Promise(done => {
          const before = window.redrawn || 0;
          const start = performance.now();
          const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
          const look = () => (window.redrawn || 0) > before ? painted() : setTimeout(look, 2);
          act();
          look();
        }))
        """;

    /// <returns>Milliseconds: of the page, and of each click from the page as it was opened. One going back lies between two clicks, and is not counted.</returns>
    public static async Task<(double Cold, IReadOnlyList<double> Clicks)> MeasureAsync(Chromium browser, Uri page, int mostClicks, CancellationToken cancel)
    {
        await browser.OpenAsync(page, cancel);
        var cold = (double)(await browser.AskAsync(Drawn, cancel))!;
        var clicks = new List<double>();
        foreach (var link in (await browser.AskAsync(Links, cancel))!.AsArray().Take(mostClicks))
        {
            var text = link!.ToJsonString();
            clicks.Add((double)(await browser.AskAsync($$"""{{Acted}}(() => [...document.querySelectorAll("#content a")].find(link => link.getAttribute("href") === {{text}}).click())""", cancel))!);
            await browser.AskAsync($"{Acted}(() => history.back())", cancel);
        }
        return (cold, clicks);
    }
}
