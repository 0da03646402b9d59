using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Reports.Pages;
using Reports.Pages.Definitions;
using Reports.Texts;
using Warehouse.Measures;
using Xunit;

namespace Tests.Pages;

/// <summary>Every page over a small warehouse, without a browser.</summary>
[Collection(SiteCollection.Name)]
public sealed class PagesTests(SiteFixture fixture)
{
    public static TheoryData<string> Addresses => new(PageList.All.Where(page => page.IsListed).Select(page => page.Path).Append("/task/thu-nghiem/T0"));

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_page_opens_in_both_languages_and_scopes_and_says_what_it_shows(string path)
    {
        foreach (var query in (string[])["", "lang=en", "scope=example", "scope=example&lang=en", "view=panel", "view=as-was&lang=en", "as_of=2022-12-31", "province=Cần Thơ", "from=2030-01-01&to=2030-12-31", "pick=province:Cần Thơ", "kind=but-routine"])
        {
            var page = await fixture.Site.OpenAsync(path + (query.Length > 0 ? "?" + query : ""));
            Assert.NotEmpty(page.QuerySelector("h1")!.TextContent);
            Assert.True(page.QuerySelectorAll("section.tile").Length > 0 || page.QuerySelector(".notice") is not null, $"{path}?{query} shows nothing");
            Assert.All(page.QuerySelectorAll("section.tile h2"), title => Assert.NotEmpty(title.TextContent));
            Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Every_tile_has_its_badge_and_a_table_that_downloads(string path)
    {
        var page = await fixture.Site.OpenAsync(path + "?lang=en");
        foreach (var tile in page.QuerySelectorAll("section.tile:not(.definitions)"))
        {
            Assert.NotNull(tile.QuerySelector(".trust"));
            if (tile.QuerySelector("figure") is not null) Assert.NotEmpty(tile.QuerySelectorAll("table tbody tr"));
            if (tile.QuerySelector("a[download]") is not { } link) continue;
            using var file = await fixture.Site.Client.GetAsync(new Uri(link.GetAttribute("href")!, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Contains("As of the end of,", await file.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Why_leads_to_the_definition()
    {
        var page = await fixture.Site.OpenAsync("/?lang=en");
        var targets = page.QuerySelectorAll("a[href*='/definitions'][href*='#']").Select(link => link.GetAttribute("href")!).Distinct().ToList();
        Assert.NotEmpty(targets);
        var definitions = await fixture.Site.OpenAsync(targets[0]);
        Assert.All(targets, target => Assert.NotNull(definitions.GetElementById(target.Split('#')[1])));
        Assert.Equal(MeasureCatalog.Load().Measures.Count, definitions.QuerySelectorAll("article.measure").Length);
    }

    [Fact]
    public async Task A_small_line_runs_from_what_the_figure_was_to_what_it_is()
    {
        var page = await fixture.Site.OpenAsync("/?lang=en");
        string Big(IDocument of, string label) => of.QuerySelectorAll("li.figure").Single(figure => figure.QuerySelector("h2")!.TextContent == label).QuerySelector(".big")!.TextContent.Trim();
        var drawn = page.QuerySelectorAll("li.figure").Where(figure => figure.QuerySelector("svg.trend") is not null).ToList();
        Assert.NotEmpty(drawn);
        foreach (var figure in drawn)
        {
            var said = figure.QuerySelector("svg.trend")!.GetAttribute("aria-label")!;
            var words = System.Text.RegularExpressions.Regex.Match(said, "^Ends of months, from (?<day>.+) to (?<last>.+): (?<first>.+) to (?<now>.+)$").Groups;
            var label = figure.QuerySelector("h2")!.TextContent;
            Assert.Equal(Big(page, label), words["now"].Value);
            var then = DateOnly.ParseExact(words["day"].Value, "d MMM yyyy", CultureInfo.InvariantCulture);
            Assert.Equal(Big(await fixture.Site.OpenAsync($"/?lang=en&as_of={then:yyyy-MM-dd}"), label), words["first"].Value);
            // From the left edge to the right one, inside the picture.
            var points = figure.QuerySelector("polyline")!.GetAttribute("points")!.Split(' ').Select(point => point.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()).ToList();
            Assert.Equal((2.0, 98.0), (points[0][0], points[^1][0]));
            Assert.All(points, point => Assert.InRange(point[1], 2, 22));
        }
    }

    [Fact]
    public async Task The_parts_of_the_overview_add_to_what_was_assigned_and_each_leads_to_as_many_tasks()
    {
        var page = await fixture.Site.OpenAsync("/");
        var rows = page.QuerySelectorAll("#split tbody tr");
        Assert.Equal(19, rows.Sum(row => Count(row.QuerySelector("[data-part]")!)));
        foreach (var row in rows)
        {
            var tasks = await fixture.Site.OpenAsync(row.QuerySelector("a")!.GetAttribute("href")!);
            Assert.Equal(Count(row.QuerySelector("[data-part]")!), tasks.QuerySelectorAll("#tile-tasks tbody tr").Length);
        }
    }

    [Fact]
    public async Task A_change_is_explained_without_rest()
    {
        var page = await fixture.Site.OpenAsync("/?as_of=2023-04-24&lang=en");
        foreach (var tile in page.QuerySelectorAll("#tile-change-month, #tile-change-year"))
        {
            var values = tile.QuerySelectorAll("tbody td:nth-child(2)").Select(cell => decimal.Parse(cell.TextContent.Replace('−', '-'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(values[^1] - values[0], values[1] + values[2] + values[3]);
        }
        Assert.NotEmpty(page.QuerySelectorAll("#tile-change-month"));
    }

    [Fact]
    public async Task Red_tasks_have_an_owner_and_say_that_there_is_no_next_step()
    {
        var page = await fixture.Site.OpenAsync("/?lang=en");
        var rows = page.QuerySelectorAll("#tile-decisions tbody tr");
        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.Equal("None", row.QuerySelectorAll("td")[^1].TextContent));
    }

    [Fact]
    public async Task Places_with_few_tasks_are_not_ranked()
    {
        var page = await fixture.Site.OpenAsync("/compare?lang=en");
        Assert.All(page.QuerySelectorAll("#tile-ranks tbody tr"), row => Assert.Equal("too few to rank", row.QuerySelector("td")!.TextContent));
        Assert.Contains("34 provinces", page.QuerySelector("#tile-map figcaption")!.TextContent);
        Assert.Equal(34, page.QuerySelectorAll("#map tbody tr").Length);
    }

    [Fact]
    public async Task The_scorecard_shows_each_threshold_with_its_base()
    {
        var page = await fixture.Site.OpenAsync("/scorecard?lang=en&from=2021-01-01");
        Assert.Contains("of assigned", page.QuerySelector("#tile-scorecard thead")!.TextContent);
        Assert.Contains("not met", page.QuerySelector("#tile-scorecard tbody")!.TextContent);
        var due = await fixture.Site.OpenAsync("/scorecard?lang=en&from=2021-01-01&base=due");
        Assert.Contains("of fallen due", due.QuerySelector("#tile-scorecard thead")!.TextContent);
    }

    [Fact]
    public async Task The_groups_of_lateness_add_to_what_is_overdue_and_lead_to_their_lists()
    {
        var page = await fixture.Site.OpenAsync("/risk?list=overdue");
        var rows = page.QuerySelectorAll("#ages tbody tr");
        Assert.Equal(3, rows.Sum(row => Count(row.QuerySelector("[data-count]")!)));
        foreach (var row in rows)
        {
            var list = await fixture.Site.OpenAsync(row.QuerySelector("a")!.GetAttribute("href")!);
            Assert.Equal(Count(row.QuerySelector("[data-count]")!), list.QuerySelectorAll("#tile-tasks tbody tr").Length);
        }
    }

    [Fact]
    public async Task A_task_tells_where_its_values_came_from()
    {
        var page = await fixture.Site.OpenAsync("/task/thu-nghiem/T0?lang=en");
        Assert.Contains("thu-nghiem_20230424.csv", page.QuerySelector("#tile-provenance")!.TextContent);
        Assert.Contains("giao", page.QuerySelector("#tile-provenance")!.TextContent);
        Assert.Equal("Completed on time, 30 Jan 2023.", page.QuerySelector(".lead")!.TextContent);
    }

    [Fact]
    public async Task A_pick_tells_of_its_part_before_the_whole()
    {
        var page = await fixture.Site.OpenAsync("/backlog?lang=en&pick=province:Cần Thơ");
        Assert.StartsWith("All provinces – Can Tho: 2 tasks overdue", page.QuerySelector("h1")!.TextContent);
        var year = page.QuerySelectorAll("#years tbody tr").Single(row => row.QuerySelector("th a")!.TextContent == "2023");
        Assert.Equal("8/ 12", year.QuerySelector("td")!.TextContent);
        var place = page.QuerySelectorAll("#places tbody tr").Single(row => row.ClassList.Contains("current"));
        Assert.Equal("/backlog?lang=en", place.QuerySelector("th a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_browser_is_sent_only_the_parts_that_change()
    {
        var page = await fixture.Site.OpenAsync("/backlog");
        var shown = page.QuerySelectorAll("#content > [data-hash]").Select(part => $"{part.Id}:{part.GetAttribute("data-hash")}").ToList();
        async Task<string> RedrawnAsync(string address, IEnumerable<string> parts)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
            request.Headers.Add(PageAnswer.ShownHeader, string.Join(',', parts));
            using var answer = await fixture.Site.Client.SendAsync(request);
            return await answer.Content.ReadAsStringAsync();
        }
        Assert.DoesNotContain("hx-partial", await RedrawnAsync("/backlog", shown));
        var picked = await RedrawnAsync("/backlog?pick=province:Cần Thơ", shown);
        Assert.Contains("#tile-places", picked);
        Assert.DoesNotContain("#tile-sources", picked);
        Assert.Contains("hx-target=\"#content\"", await RedrawnAsync("/backlog", shown.Take(3)));
        Assert.Contains("hx-target=\"#content\"", await RedrawnAsync("/backlog?from=2030-01-01&to=2030-12-31", shown));
    }

    [Fact]
    public void Every_column_of_a_condition_has_its_fields() =>
        Assert.DoesNotContain(MeasureCatalog.Load().Measures.Where(measure => measure.Fact == MeasureFact.State).SelectMany(measure => Lineage.ColumnsOf(measure.Condition)), column => !Lineage.All.ContainsKey(column));

    [Fact]
    public void Every_code_that_pages_show_has_words()
    {
        string[] lifecycles = ["not_started", "in_progress", "awaiting_confirmation", "returned", "redo", "assignment_refused", "suspended", "completed", "withdrawn", "recalled", "transferred", "deleted"];
        var rules = typeof(Etl.Quality.Rule).GetFields().Select(rule => (string)rule.GetRawConstantValue()!);
        var outcomes = typeof(Warehouse.Runs.RunOutcome).GetFields().Select(outcome => (string)outcome.GetRawConstantValue()!);
        var steps = typeof(Warehouse.Runs.RunSteps).GetFields().Select(step => (string)step.GetRawConstantValue()!);
        string[] keys = [.. lifecycles.Select(code => "lifecycle." + code), .. rules.Select(code => "rule." + code), .. outcomes.Select(code => "outcome." + code), .. steps.Select(code => "step." + code), .. PageList.All.Select(page => "page." + page.Name)];
        Assert.DoesNotContain(keys, key => !TextCatalog.Shipped.Has(key));
    }

    static long Count(IElement cell) => long.Parse(cell.GetAttribute("data-count")!, CultureInfo.InvariantCulture);
}
