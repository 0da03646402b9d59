using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Etl.Sources;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Tests.Sources;

public sealed class RestApiTests : SourceTest
{
    const string Token = "tok-3n-bi-mat";

    static RestApi Source(string url, params (string Name, string Value)[] settings) => new(
        new (string Name, string Value)[] { ("url", url), ("token", Token), ("path", "/tasks"), ("items", "data"), ("page", "page"), ("more", "more") }
            .Concat(settings).GroupBy(setting => setting.Name).ToDictionary(same => same.Key, same => same.Last().Value),
        pause: TimeSpan.FromMilliseconds(5));

    static Task Json(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    /// <summary>Answers with the pages in turn, by the page that is asked for; the last has no further one.</summary>
    static Task<TestApi> Pages(params string[] pages) => TestApi.StartAsync((context, _) =>
    {
        var page = int.Parse(context.Request.Query["page"]!);
        return Json(context, $$"""{"time": {{Stopwatch.GetTimestamp()}}, "more": {{(page < pages.Length ? "true" : "false")}}, "data": {{pages[page - 1]}}}""");
    });

    static Task<TestApi> Always(string json) => TestApi.StartAsync((context, _) => Json(context, json));

    [Fact]
    public async Task All_pages_are_one_part()
    {
        await using var api = await Pages("""[{"id": 1, "who": {"name": "Sở"}}, {"id": 2}]""", """[{"id": 3}]""");
        await using var part = await PartOf(Source(api.Address, ("page_size", "limit=2"), ("since", "from")), Request("2025-01-31 08:00", ["id", "who.name"]));
        Assert.Equal(("GET /tasks since 2025-01-31 08:00", 3L), (part.Name, part.ExpectedRows));
        var rows = await RowsOf(part, capacity: 2);
        Assert.Equal([(1L, "1", "Sở"), (2L, "2", ""), (3L, "3", "")], rows.Select(row => (row.Number, row.Fields[0], row.Fields[1])));
        Assert.Equal(["/tasks?page=1&limit=2&from=2025-01-31%2008%3A00", "/tasks?page=2&limit=2&from=2025-01-31%2008%3A00"], api.Asked);
        Assert.Equal(1, part.Progress);
    }

    [Fact]
    public async Task Without_a_field_that_says_more_an_empty_page_is_the_end()
    {
        await using var api = await TestApi.StartAsync((context, before) => Json(context, $$"""{"data": [{{(before < 2 ? before : "")}}]}"""));
        await using var part = await PartOf(Source(api.Address, ("more", ""), ("first_page", "0")));
        Assert.Equal((2L, 3), (part.ExpectedRows, api.Asked.Count));
        Assert.Equal("/tasks?page=0", api.Asked[0]);
    }

    [Fact]
    public async Task Values_are_text_in_the_documents_own_digits()
    {
        await using var api = await Pages("""[{"a": 1.50, "b": 1e3, "c": 12345678901234567890, "d": true, "e": false, "f": null, "g": {"x": [1, "Đ"]}, "h": "2025"}]""");
        await using var part = await PartOf(Source(api.Address), Request(wanted: ["a", "b", "c", "d", "e", "f", "g", "h", "nowhere"]));
        Assert.Equal(["1.50", "1e3", "12345678901234567890", "1", "0", "", """{"x":[1,"Đ"]}""", "2025", ""], Assert.Single(await RowsOf(part)).Fields);
    }

    [Fact]
    public async Task Nested_items_reach_what_encloses_them()
    {
        await using var api = await Always("""
            {"day": "2025-03-01T08:00:00", "data": [{"id": 7, "histories": [{"at": 1}, {"at": 2}]}, {"id": 8}, {"id": 9, "histories": [{"at": 3}]}]}
            """);
        await using var part = await PartOf(
            Source(api.Address, ("items", "data[].histories[]"), ("page", ""), ("extract_date", "day"), ("watermark", "at")), Request(wanted: ["^.id", "at", "^.^.day"]));
        Assert.Equal(new DateOnly(2025, 3, 1), part.ExtractDate);
        Assert.Equal(["7 1", "7 2", "9 3"], (await RowsOf(part)).Select(row => $"{row.Fields[0]} {row.Fields[1]}"));
        Assert.Equal("3", part.Watermark);
    }

    [Fact]
    public async Task The_same_items_again_are_recognised_and_changed_ones_are_not()
    {
        string first;
        await using (var api = await Pages("""[{"id": 1}]"""))
        {
            await using var part = await PartOf(Source(api.Address));
            first = part.Identity;
            Assert.StartsWith("since=;sha256=", first);
            Assert.Empty(await PartsOf(Source(api.Address), Request(loaded: [first])));
        }
        await using var changed = await Pages("""[{"id": 1, "late": true}]""");
        Assert.Single(await PartsOf(Source(changed.Address), Request(loaded: [first])));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_passing_refusal_is_tried_again(int status)
    {
        await using var api = await TestApi.StartAsync((context, before) => before < 2 ? Json(context, "{}", status) : Json(context, """{"data": [{}]}"""));
        await using var part = await PartOf(Source(api.Address, ("page", "")));
        Assert.Equal((1L, 3), (part.ExpectedRows, api.Asked.Count));
    }

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        await using var api = await TestApi.StartAsync((context, before) =>
        {
            if (before == 0) context.Response.Headers.RetryAfter = "1";
            return before == 0 ? Json(context, "{}", 429) : Json(context, """{"data": []}""");
        });
        var clock = Stopwatch.StartNew();
        await using var part = await PartOf(Source(api.Address, ("page", "")));
        Assert.InRange(clock.ElapsedMilliseconds, 950, 20_000);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_refusal_that_does_not_pass_means_absent(int status)
    {
        await using var api = await TestApi.StartAsync((context, _) => Json(context, "{}", status));
        var fault = await FaultOf(Source(api.Address, ("attempts", "3")));
        Assert.Equal((SourceFault.Absent, $"GET /tasks › page 1: answers with status {status} (3 attempts)"), (fault.Fault, fault.Message));
        Assert.Equal(3, api.Asked.Count);
    }

    [Fact]
    public async Task A_slow_page_is_tried_again_and_then_absent()
    {
        await using var api = await TestApi.StartAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }));
        var fault = await FaultOf(Source(api.Address, ("attempts", "2"), ("timeout_seconds", "0.2")));
        Assert.Equal((SourceFault.Absent, "GET /tasks › page 1: no answer within 0.2 s (2 attempts)"), (fault.Fault, fault.Message));
        Assert.Equal(2, api.Asked.Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_absent()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var fault = await FaultOf(Source($"http://127.0.0.1:{port}", ("attempts", "2")));
        Assert.Equal(SourceFault.Absent, fault.Fault);
        Assert.Matches(@"^GET /tasks › page 1: cannot be reached: .*\(2 attempts\)$", fault.Message);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refused_token_is_a_fault_of_the_configuration_and_is_not_told(int status)
    {
        await using var api = await TestApi.StartAsync((context, _) => Json(context, $"{{\"error\": \"{context.Request.Headers.Authorization}\"}}", status));
        var fault = await FaultOf(Source(api.Address));
        Assert.Equal((SourceFault.Configuration, $"GET /tasks › page 1: token refused (status {status})"), (fault.Fault, fault.Message));
        Assert.DoesNotContain(Token, fault.ToString());
        Assert.Single(api.Asked);
    }

    [Fact]
    public async Task An_address_that_is_not_there_is_a_fault_of_the_configuration()
    {
        await using var api = await TestApi.StartAsync((context, _) => Json(context, $"no {context.Request.Headers.Authorization}", 404));
        var fault = await FaultOf(Source(api.Address));
        Assert.Equal((SourceFault.Configuration, "GET /tasks › page 1: answers with status 404: 'no Bearer ***'"), (fault.Fault, fault.Message));
    }

    [Theory]
    [InlineData("text/html", "Đăng nhập", "'Đăng nhập'")]
    [InlineData("application/json", "\n <html>", "'\n <html>'")]
    public async Task A_page_for_people_is_no_data(string type, string body, string quoted)
    {
        await using var api = await TestApi.StartAsync((context, _) =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        });
        var fault = await FaultOf(Source(api.Address));
        Assert.Equal((SourceFault.Data, $"GET /tasks › page 1: HTML instead of JSON: {quoted}"), (fault.Fault, fault.Message));
    }

    [Fact]
    public async Task JSON_cut_short_names_the_page_and_the_byte()
    {
        await using var api = await TestApi.StartAsync((context, before) => Json(context, before == 0 ? """{"more": true, "data": [{"id": 1}]}""" : "{\"data\":\n [{\"id\": 1}, {\"i"));
        var fault = await FaultOf(Source(api.Address));
        Assert.Equal((SourceFault.Data, "GET /tasks › page 2: the JSON is cut short or broken at byte 25 of 25"), (fault.Fault, fault.Message));
    }

    [Fact]
    public async Task An_error_in_place_of_the_items_is_quoted_without_the_token()
    {
        await using var api = await Always($$"""{"error": "bad token {{Token}}", "text": "{{new string('x', 300)}}"}""");
        var fault = await FaultOf(Source(api.Address));
        Assert.Equal(SourceFault.Data, fault.Fault);
        Assert.Matches("""^GET /tasks › page 1: the answer has no items \('data'\): '\{"error": "bad token \*\*\*", "text": "x{155,165}…'$""", fault.Message);
    }

    [Fact]
    public async Task A_server_that_repeats_a_page_is_not_followed_for_ever()
    {
        await using var api = await TestApi.StartAsync((context, before) => Json(context, $$"""{"more": true, "n": {{before}}, "data": [{"id": {{Math.Min(before, 5)}}}]}"""));
        var fault = await FaultOf(Source(api.Address));
        Assert.Equal((SourceFault.Data, "GET /tasks › page 7: loops: page 7 repeats page 6"), (fault.Fault, fault.Message));
    }

    [Fact]
    public async Task More_pages_without_a_way_to_ask_for_them_are_a_fault_of_the_configuration()
    {
        await using var api = await Always("""{"more": true, "data": [{"id": 1}]}""");
        Assert.Equal("GET /tasks: 'more' says that another page follows, but the feed names no query parameter for it (page)", (await FaultOf(Source(api.Address, ("page", "")))).Message);
    }

    [Fact]
    public async Task Text_with_half_a_character_is_the_rows_fault()
    {
        await using var api = await Pages("""[{"id": 1, "t": "\ud800"}, {"id": 2, "t": "x"}]""");
        await using var part = await PartOf(Source(api.Address), Request(wanted: ["id", "t"]));
        Assert.Equal(["'t' is not text: it holds half a character", null], (await RowsOf(part)).Select(row => row.Fault));
    }

    [Fact]
    public async Task A_day_that_is_none_is_named()
    {
        await using var api = await Always("""{"day": "31/02/2025", "data": []}""");
        Assert.Equal("GET /tasks › page 1 › day: '31/02/2025' is not a date (yyyy-MM-dd)", (await FaultOf(Source(api.Address, ("extract_date", "day")))).Message);
    }
}
