using Tests.EndToEnd;
using Warehouse.Risk;
using Xunit;

namespace Tests.Pages;

/// <summary>The pages of a home in which was predicted, twice, and where much of it has come true.</summary>
public sealed class RiskPageTests
{
    [Fact]
    public async Task The_risk_is_told_with_reasons_a_list_to_urge_and_how_earlier_predictions_fared()
    {
        var home = Directory.CreateTempSubdirectory("analytics-risk-page-");
        try
        {
            TwoAgencies.Write(Path.Combine(home.FullName, "rows"), Path.Combine(home.FullName, "feeds"), "{home}/rows");
            Run(home.FullName, "run", "--feeds", Path.Combine(home.FullName, "feeds"));
            await using (var site = await TestSite.StartAsync(home.FullName))
            {
                var before = await site.OpenAsync("/risk");
                Assert.Contains("./analytics predict", before.QuerySelector("#tile-risk")!.TextContent, StringComparison.Ordinal);
                Assert.Null(before.QuerySelector("#tile-bands"));
            }
            Run(home.FullName, "predict", "--as-of", "2026-01-31");
            await using (var site = await TestSite.StartAsync(home.FullName))
            {
                var page = await site.OpenAsync("/risk?as_of=2026-01-31&budget=25");
                var rows = page.QuerySelectorAll("#tile-risk tbody tr");
                Assert.Equal(25, rows.Length);
                Assert.All(rows, row => Assert.Matches(@"\d+,\d%", row.Children[1].TextContent));
                Assert.All(rows, row => Assert.Contains("90%", row.Children[5].TextContent, StringComparison.Ordinal));
                Assert.All(rows, row => Assert.True(row.Children[6].TextContent.Length > 20));
                Assert.Equal(4, page.QuerySelectorAll("#tile-bands tbody tr").Length);
                Assert.NotEmpty(page.QuerySelectorAll("#tile-reliability tfoot tr"));
                var certain = await site.OpenAsync("/risk?as_of=2026-01-31&band=certain&lang=en");
                Assert.All(certain.QuerySelectorAll("#tile-risk tbody tr"), row => Assert.Contains("overdue for", row.TextContent, StringComparison.Ordinal));
                var other = await site.OpenAsync("/risk?as_of=2026-01-31&agency=" + Uri.EscapeDataString("Sở Y tế"));
                Assert.All(other.QuerySelectorAll("#tile-risk tbody tr"), row => Assert.Contains("Sở Y tế", row.TextContent, StringComparison.Ordinal));
                var task = await site.OpenAsync(rows[0].QuerySelector("a")!.GetAttribute("href")!);
                Assert.Single(task.QuerySelectorAll("#tile-risk tbody tr"));
                Assert.DoesNotContain("_", task.QuerySelector("#tile-risk tbody")!.TextContent, StringComparison.Ordinal);
                var silent = await site.OpenAsync("/risk?as_of=2026-01-31&list=open&order=update");
                var days = silent.QuerySelectorAll("#tile-tasks tbody tr").Select(row => int.Parse(row.Children[^1].TextContent, System.Globalization.CultureInfo.InvariantCulture)).ToList();
                Assert.True(days.Count > 10, $"{days.Count} tasks are listed");
                Assert.Equal(days.OrderDescending(), days);
                var early = await site.OpenAsync("/risk?as_of=2025-12-31");
                Assert.Contains("./analytics predict", early.QuerySelector("#tile-risk")!.TextContent, StringComparison.Ordinal);
                var file = await site.Client.GetStringAsync(new Uri("/csv/risk/risk?as_of=2026-01-31&lang=en", UriKind.Relative));
                Assert.Contains("90% interval, from", file, StringComparison.Ordinal);
                await site.OpenAsync("/risk?band=huge", System.Net.HttpStatusCode.BadRequest);
                await site.OpenAsync("/risk?budget=7", System.Net.HttpStatusCode.BadRequest);
            }
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(100, 30.0, 31, 20.0, false)]
    [InlineData(100, 30.0, 55, 20.0, true)]
    [InlineData(29, 3.0, 29, 2.0, null)]
    [InlineData(10_000, 3000.0, 3150, 100.0, false)]
    public void A_model_has_drifted_where_chance_does_not_explain_the_difference(long tasks, double predicted, long observed, double variance, bool? expected) =>
        Assert.Equal(expected, new Reliability(tasks, predicted, observed, variance, 0, 0).HasDrifted);

    static void Run(string home, params string[] words)
    {
        var program = typeof(Etl.Commands.Home).Assembly.EntryPoint!;
        Assert.Equal(0, program.Invoke(null, [(string[])[.. words, "--home", home]]));
    }
}
