using System.Text.RegularExpressions;
using Reports.Bench;
using Reports.Pages;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Pages;

/// <summary>What <c>bench pages</c> prints: figures of every page, drawn by a real browser, whatever they are.</summary>
public sealed class PageBenchTests
{
    [BrowserFact]
    public async Task Every_page_is_timed_until_it_is_drawn_and_per_click()
    {
        using var home = new TestHome();
        await using var engine = new DuckDbEngine(home.Folder, new DuckDbSettings());
        await using var output = new StringWriter();

        Assert.Equal(0, await new PageBench(engine, home.Folder, output).RunAsync(default));

        var lines = output.ToString().Split('\n');
        var browser = lines.SkipWhile(line => line != "in a browser, until all is drawn").TakeWhile(line => line != "of the server alone").Skip(2).Select(line => Regex.Match(line, @"^(?<page>\w+) +(?<cold>\d+) ms +(?:\d+ ms +\d+ ms +(?<clicks>[1-9]\d*)|– +– +(?<clicks>0))$").Groups).ToList();
        Assert.Equal(PageList.All.Where(page => page.IsListed).Select(page => page.Name), browser.Select(groups => groups["page"].Value));
        Assert.All(browser, groups => Assert.NotEqual("0", groups["cold"].Value));
        Assert.Contains(browser, groups => groups["clicks"].Value != "0");
        Assert.Single(lines, line => line.StartsWith("in a browser: slowest page cold ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("asked together, all pages and clicks took ", StringComparison.Ordinal));
    }
}
