using System.Net;
using Xunit;

namespace Tests.Pages;

[Collection(SiteCollection.Name)]
public sealed class AddressTests(SiteFixture fixture)
{
    [Theory]
    [InlineData("as_of=1900-01-01", "Không có số liệu của ngày 01/01/1900", "/backlog?as_of=2021-06-01")]
    [InlineData("as_of=2999-12-31", "Số liệu mới nhất là của ngày 24/04/2023", "/backlog?as_of=2023-04-24")]
    [InlineData("as_of=31/02/2023", "“31/02/2023” không phải là ngày", "/backlog")]
    [InlineData("from=2023-02-01&to=2023-01-01", "kết thúc trước khi bắt đầu", "/backlog?from=2023-01-01&to=2023-02-01")]
    [InlineData("from=1800-01-01", "nằm ngoài lịch", "/backlog?from=1990-01-01")]
    [InlineData("province=Cần Thơơ", "“Cần Thơơ”", "/backlog?province=C%E1%BA%A7n%20Th%C6%A1")]
    [InlineData("province=Bình Định", "“Bình Định” là một phần của Gia Lai từ ngày 01/07/2025", "/backlog?province=Gia%20Lai")]
    [InlineData("province=Hai Duong&view=panel&lang=en", "“Hai Duong” is part of Hai Phong since 1 Jul 2025", "/backlog?province=H%E1%BA%A3i%20Ph%C3%B2ng&view=panel&lang=en")]
    [InlineData("view=as-si", "“as-si”", "/backlog")]
    [InlineData("scope=vietnm", "“vietnm”", "/backlog")]
    [InlineData("lang=fr", "“fr”", "/backlog")]
    [InlineData("lang=en&as_of=2999-12-31", "The newest are of 24 Apr 2023", "/backlog?as_of=2023-04-24&lang=en")]
    public async Task A_wrong_value_is_refused_with_the_nearest_view(string query, string said, string nearest)
    {
        var page = await fixture.Site.OpenAsync("/backlog?" + query, HttpStatusCode.BadRequest);
        Assert.Contains(said, page.QuerySelector(".notice")!.TextContent);
        Assert.Equal(nearest, page.QuerySelector("a.action")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/backlog?provnce=Cần Thơ", "Tham số gần nhất: province", "/backlog")]
    [InlineData("/backlog?part=open", "không có tham số “part”", "/backlog")]
    [InlineData("/?%00=1", "không có tham số", "/")]
    [InlineData("/backlog?province=a%00b", "không hợp lệ", "/backlog")]
    [InlineData("/backlog?agency=Sở Y tế", "Không có đơn vị chủ trì “Sở Y tế”", "/backlog")]
    [InlineData("/backlog?kind=routin", "“routin”", "/backlog?kind=routine")]
    [InlineData("/backlog?kind=' or 1=1 --", "Không có loại nhiệm vụ", "/backlog")]
    [InlineData("/backlog?pick=provinc", "phải viết chiều:giá trị", "/backlog")]
    [InlineData("/backlog?pick=provinc:Cần Thơ", "Gần nhất: province", "/backlog")]
    [InlineData("/backlog?pick=province:Cần Thơơ", "“Cần Thơơ”", "/backlog?pick=province%3AC%E1%BA%A7n%20Th%C6%A1")]
    [InlineData("/backlog?pick=assigned_year:20x2", "“20x2”", "/backlog")]
    [InlineData("/tasks?part=open_overdu", "Gần nhất: open_overdue", "/tasks?part=open_overdue")]
    [InlineData("/tasks?part=on_time_rate_of_due", "Không có chỉ tiêu “on_time_rate_of_due”", "/tasks")]
    [InlineData("/tasks?part=1;drop table x", "Không có chỉ tiêu", "/tasks")]
    [InlineData("/tasks?page=0", "“0” không phải là số trang", "/tasks")]
    [InlineData("/tasks?page=99999999999999", "không phải là số trang", "/tasks")]
    [InlineData("/compare?measure=on_time_rate_of_du", "Gần nhất: on_time_rate_of_due", "/compare?measure=on_time_rate_of_due")]
    [InlineData("/compare?measure=open", "Không có chỉ tiêu “open”", "/compare")]
    [InlineData("/scorecard?base=municpal", "Gần nhất: municipal", "/scorecard?base=municipal")]
    [InlineData("/risk?list=overdu", "Gần nhất: overdue", "/risk?list=overdue")]
    [InlineData("/risk?age=2", "“2”", "/risk?age=1")]
    [InlineData("/risk?quiet=-1", "“-1”", "/risk?quiet=15")]
    [InlineData("/quality?page=x", "không phải là số trang", "/quality")]
    [InlineData("/csv/places/backlog?provnce=x", "Tham số gần nhất: province", "/backlog")]
    public async Task What_a_page_does_not_know_is_refused_with_the_nearest(string address, string said, string nearest)
    {
        var page = await fixture.Site.OpenAsync(address, HttpStatusCode.BadRequest);
        Assert.Contains(said, page.QuerySelector(".notice")!.TextContent);
        Assert.Equal(nearest, page.QuerySelector("a.action")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_very_long_value_is_refused() => await fixture.Site.OpenAsync("/backlog?province=" + new string('a', 301), HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_page_behind_the_last_one_of_a_list_is_empty_and_says_so()
    {
        var page = await fixture.Site.OpenAsync("/tasks?page=1000000");
        Assert.Contains("Không có nhiệm vụ nào như vậy", page.QuerySelector("#tile-tasks")!.TextContent);
        Assert.Contains("7 nhiệm vụ", page.QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/task/thu-nghiem/khong-co", "Không có nhiệm vụ khong-co")]
    [InlineData("/task/nguon-la/T1", "Không có nhiệm vụ T1")]
    [InlineData("/task/thu-nghiem/..%2f..%2fetc%2fpasswd", "Không có nhiệm vụ ..%2f..%2fetc%2fpasswd")]
    [InlineData("/csv/no-tile/backlog", "Không có trang này")]
    [InlineData("/csv/places/no-page", "Không có trang này")]
    [InlineData("/csv/ages/task/thu-nghiem/T1", "Không có trang này")]
    public async Task What_is_not_there_is_not_found(string address, string title)
    {
        var page = await fixture.Site.OpenAsync(address, HttpStatusCode.NotFound);
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task What_was_typed_is_encoded()
    {
        var page = await fixture.Site.OpenAsync("/backlog?province=" + Uri.EscapeDataString("<script>alert(1)</script>"), HttpStatusCode.BadRequest);
        Assert.Contains("<script>alert(1)</script>", page.QuerySelector(".notice")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task An_empty_field_of_the_form_filters_nothing()
    {
        var page = await fixture.Site.OpenAsync("/backlog?as_of=&province=&from=&to=&scope=&lang=");
        Assert.StartsWith("Toàn bộ các tỉnh", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Browsers_are_told_to_run_only_our_own_scripts()
    {
        using var answer = await fixture.Site.Client.GetAsync(new Uri("/", UriKind.Relative));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        var page = await fixture.Site.OpenAsync("/backlog");
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src]):not([type='application/json'])"));
    }

    [Fact]
    public async Task Another_host_name_is_turned_away()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, fixture.Site.Address);
        request.Headers.Host = "attacker.example";
        using var answer = await fixture.Site.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_is_a_page_that_says_so()
    {
        var page = await fixture.Site.OpenAsync("/nowhere?lang=en", HttpStatusCode.NotFound);
        Assert.Equal("There is no such page", page.QuerySelector("h1")!.TextContent);
    }
}
