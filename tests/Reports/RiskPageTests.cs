using System.Globalization;
using System.Text;
using Reports.Published;
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
            Write(home.FullName);
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
                Assert.All(rows, row => Assert.Matches(@"\d+,\d%", row.Children[3].TextContent));
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
        Assert.Equal(expected, new RiskReliability(tasks, predicted, observed, variance, 0, 0).HasDrifted);

    static void Run(string home, params string[] words)
    {
        var program = typeof(Etl.Commands.Home).Assembly.EntryPoint!;
        Assert.Equal(0, program.Invoke(null, [(string[])[.. words, "--home", home]]));
    }

    /// <summary>Two agencies, one of them slow, extracted two months after the day of the prediction.</summary>
    static void Write(string home)
    {
        var (random, end) = (new Random(4), new DateOnly(2026, 3, 31));
        var text = new StringBuilder("id,title,agency,assigned,due,completed\n");
        for (var i = 0; i < 1500; i++)
        {
            var (assigned, slow) = (new DateOnly(2024, 6, 1).AddDays(random.Next(660)), i % 3 == 0);
            var (due, closed) = (assigned.AddDays(15 + random.Next(45)), assigned.AddDays(3 + random.Next(40) + (slow ? 25 : 0)));
            text.Append(CultureInfo.InvariantCulture, $"NV-{i},Báo cáo {i},{(slow ? "Sở Tài chính" : "Sở Y tế")},{assigned:yyyy-MM-dd},{due:yyyy-MM-dd},{(closed <= end ? closed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "")}\n");
        }
        Directory.CreateDirectory(Path.Combine(home, "rows"));
        Directory.CreateDirectory(Path.Combine(home, "feeds"));
        File.WriteAllText(Path.Combine(home, "rows", "tasks_20260331.csv"), text.ToString());
        File.WriteAllText(Path.Combine(home, "feeds", "hue.yml"), """
            feed: hue
            title: Huế
            province: Huế
            scope: vietnam
            agencies: own
            source: { kind: csv, folder: "{home}/rows", files: "tasks_*.csv", settle_seconds: 0, extract_date: "_(?<date>[0-9]{8})" }
            records:
              task:
                columns:
                  task_id: { from: id, known: opening }
                  title: { from: title, known: opening }
                  agency: { from: agency, known: opening }
                  assigned: { from: assigned, formats: [iso], known: opening }
                  due: { from: due, formats: [iso], known: opening }
                  completed: { from: completed, formats: [iso] }
            """);
    }
}
