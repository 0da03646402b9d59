using System.Globalization;
using AngleSharp.Dom;
using Reports.Charts;
using Xunit;

namespace Tests.Pages;

[Collection(SiteCollection.Name)]
public sealed class BacklogPageTests(SiteFixture fixture)
{
    [Theory]
    [InlineData("/backlog")]
    [InlineData("/backlog?scope=example")]
    [InlineData("/backlog?as_of=2022-12-31")]
    [InlineData("/backlog?from=2022-01-01&to=2022-12-31")]
    public async Task Parts_of_every_row_add_to_its_base(string address)
    {
        var page = await fixture.Site.OpenAsync(address);
        var rows = page.QuerySelectorAll("figure table tbody tr").Where(row => row.QuerySelector("[data-part]") is not null && row.Closest(".heat") is null).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var parts = row.QuerySelectorAll("[data-part]");
            Assert.Equal(Count(row.QuerySelector("td:not([data-part])")!), parts.Sum(Count));
        });
    }

    [Fact]
    public async Task Parts_keep_their_order_and_empty_ones_are_not_drawn()
    {
        var page = await fixture.Site.OpenAsync("/backlog");
        var drawn = page.QuerySelectorAll("#places tbody tr:first-child [data-part]").Select(cell => cell.GetAttribute("data-part")!).ToList();
        Assert.Equal(Parts.All, drawn);
        var of2022 = await fixture.Site.OpenAsync("/backlog?from=2022-01-01&to=2022-12-31");
        var some = of2022.QuerySelectorAll("#places tbody tr:first-child [data-part]").Select(cell => cell.GetAttribute("data-part")!).ToList();
        Assert.Equal(["completed_late", "completed_no_deadline", "open_overdue"], some);
    }

    [Fact]
    public async Task The_title_answers_the_question()
    {
        var page = await fixture.Site.OpenAsync("/backlog");
        Assert.Equal("Toàn bộ các tỉnh: 3 nhiệm vụ quá hạn chưa hoàn thành đến 24/04/2023, bằng số ngày 31/12/2022", page.QuerySelector("h1")!.TextContent);
        var english = await fixture.Site.OpenAsync("/backlog?lang=en&as_of=2022-06-30");
        Assert.Equal("All provinces: 3 tasks overdue as of 30 Jun 2022, 1 more than on 31 Dec 2021", english.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Figures_show_numerator_and_denominator()
    {
        var page = await fixture.Site.OpenAsync("/backlog");
        var bases = page.QuerySelectorAll(".figure .base").Select(line => line.TextContent).ToList();
        Assert.Equal("3 / 7 chưa hoàn thành", bases[0]);
        Assert.Equal("12 / 19 được giao", bases[4]);
        Assert.Equal("63,2%", page.QuerySelectorAll(".figure .big")[4].TextContent);
    }

    [Fact]
    public async Task The_cohort_table_has_overdue_by_year_of_assignment()
    {
        var page = await fixture.Site.OpenAsync("/backlog");
        var of2021 = page.QuerySelectorAll(".heat tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "2021");
        Assert.Equal(["2", "2", "2"], of2021.QuerySelectorAll("[data-part=overdue]").Select(cell => cell.GetAttribute("data-count")));
    }

    [Fact]
    public async Task A_province_is_split_by_its_agencies_and_links_keep_the_filters()
    {
        var all = await fixture.Site.OpenAsync("/backlog?lang=en&as_of=2023-01-31");
        var link = all.QuerySelectorAll("#places tbody a.drill").Single(a => a.GetAttribute("aria-label") == "Go into Can Tho").GetAttribute("href")!;
        Assert.Equal("/backlog?as_of=2023-01-31&province=C%E1%BA%A7n%20Th%C6%A1&lang=en", link);
        var one = await fixture.Site.OpenAsync(link);
        Assert.StartsWith("Can Tho: 2 tasks overdue", one.QuerySelector("h1")!.TextContent);
        Assert.Equal("Lead agency", one.QuerySelector("#places thead th")!.TextContent);
    }

    [Fact]
    public async Task Units_are_those_of_today_unless_the_address_says_another_view_and_the_heading_says_which()
    {
        var today = await fixture.Site.OpenAsync("/backlog");
        Assert.Equal("Theo tổ chức hiện nay", today.QuerySelector(".units")!.TextContent);
        Assert.Equal("Theo tổ chức hiện nay", today.QuerySelectorAll(".slicer").Single(slicer => slicer.QuerySelector(".slicer-name")!.TextContent == "Tên đơn vị").QuerySelector("a[aria-current]")!.TextContent);
        var panel = await fixture.Site.OpenAsync("/backlog?view=panel&lang=en");
        Assert.Equal("The 34 provinces of 1 July 2025, for all years", panel.QuerySelector(".units")!.TextContent);
        Assert.Contains("view=panel", panel.QuerySelectorAll("#places tbody a")[0].GetAttribute("href"));
        Assert.Contains("view=panel", panel.QuerySelector("a.language")!.GetAttribute("href"));
        var asWas = await fixture.Site.OpenAsync("/backlog?view=as-was");
        Assert.Equal(today.QuerySelector("h1")!.TextContent, asWas.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Without_JavaScript_every_chart_is_an_open_table()
    {
        var page = await fixture.Site.OpenAsync("/backlog");
        Assert.Equal(4, page.QuerySelectorAll("figure.chart").Length);
        Assert.All(page.QuerySelectorAll("figure.chart"), figure =>
        {
            Assert.True(figure.QuerySelector("details")!.HasAttribute("open"));
            Assert.NotEmpty(figure.QuerySelectorAll("details table tbody tr"));
        });
        Assert.DoesNotContain("js", page.DocumentElement.ClassList);
    }

    [Fact]
    public async Task Sources_say_how_fresh_they_are_and_that_they_are_generated()
    {
        var page = await fixture.Site.OpenAsync("/backlog");
        var row = page.QuerySelectorAll("tr").Single(row => row.QuerySelector("th")?.TextContent == "Hệ thống thử nghiệm");
        Assert.Equal(["19", "24/04/2023", "0", "Không có giờ chốt", "Dữ liệu mẫu do chương trình tạo ra."], row.QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Contains("dữ liệu mẫu", page.QuerySelector(".badge")!.TextContent);
    }

    [Fact]
    public async Task Names_from_the_data_stay_text()
    {
        var page = await fixture.Site.OpenAsync("/backlog?scope=example");
        Assert.DoesNotContain(page.QuerySelectorAll("b"), bold => bold.TextContent == "đậm");
        Assert.Contains(page.QuerySelectorAll("th"), head => head.TextContent.Trim() == "Ví dụ <b>đậm</b>");
        Assert.All(page.QuerySelectorAll("script[type='application/json']"), script => Assert.DoesNotContain("<", script.TextContent));
    }

    static long Count(IElement cell) => long.Parse(cell.GetAttribute("data-count")!, CultureInfo.InvariantCulture);
}
