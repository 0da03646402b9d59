using System.Text;
using Microsoft.AspNetCore.Http;
using Tests.Sources;
using Xunit;

namespace Tests.BadInput;

/// <summary>A server that answers what it should not, to the real program.</summary>
public sealed class ApiTests : IDisposable
{
    const string Token = "t0ken-of-the-province";
    const string Item = """{"ID": "%", "ASSIGNED": "2025-01-06", "DUE": "2025-02-01", "UNIT": "Sở Xây dựng", "TITLE": "Việc"}""";

    readonly Board board = new();

    static string Page(params int[] ids) => $"{{\"data\": [{string.Join(',', ids.Select(id => Item.Replace("%", $"{id}")))}]}}";

    [Fact]
    public async Task Whatever_a_server_answers_the_published_state_stands_and_a_good_answer_is_loaded()
    {
        (int Status, string Type, string Body) answer = (200, "application/json", "");
        await using var api = await TestApi.StartAsync(async (context, _) =>
        {
            var (status, type, body) = answer;
            if (status == 200 && body.Length == 0) body = context.Request.Query["page"] == "1" ? Page(1, 2) : Page();
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            await context.Response.WriteAsync(body.Replace("{token}", context.Request.Headers.Authorization.ToString(), StringComparison.Ordinal));
        });
        // Read from a file, with the line break at its end.
        board.Environment["BOARD_TOKEN"] = Token + "\n";
        board.Feed(source: $"kind: rest, url: \"{api.Address}\", token: \"${{BOARD_TOKEN}}\", attempts: 1, timeout_seconds: 5", from: "path: /tasks, items: data, page: page");
        await board.RunWellAsync();
        var before = await board.PublishedAsync();
        var good = Page(1, 2);

        foreach (var (status, type, body, code, told) in ((int, string, string, int, string)[])
        [
            (200, "text/html", "<html><body>Sign in {token}</body></html>", 1, "GET /tasks › page 1: HTML instead of JSON: '<html>"),
            (200, "application/json", good, 1, "GET /tasks › page 2: loops: page 2 repeats page 1"),
            (200, "application/json", good[..^30], 1, $"GET /tasks › page 1: the JSON is cut short or broken at byte {Encoding.UTF8.GetByteCount(good[..^30])} of {Encoding.UTF8.GetByteCount(good[..^30])}"),
            (200, "application/json", "{\"error\": \"{token} is unknown\"}", 1, "GET /tasks › page 1: the answer has no items ('data'): '{\"error\""),
            (401, "application/json", "{\"error\": \"{token} is unknown\"}", 2, "GET /tasks › page 1: token refused (status 401)"),
            (418, "text/plain", "{token}", 2, "GET /tasks › page 1: answers with status 418: 'Bearer ***'"),
            (503, "text/plain", "later", 3, "GET /tasks › page 1: answers with status 503 (1 attempt)"),
        ])
        {
            answer = (status, type, body);
            var ended = await board.CallAsync("load", "--feeds", board.Feeds);
            Assert.Contains($"board › task: FAILED: {told}", ended.Complaints);
            Assert.Equal(code, ended.Code);
            Assert.DoesNotContain(Token, ended.All);
        }
        Assert.Equal(before, await board.PublishedAsync());

        answer = (200, "application/json", "");
        await board.RunWellAsync();
        Assert.Equal(["1", "2"], await board.TasksAsync());
        Assert.DoesNotContain(Directory.EnumerateFiles(board.Home), file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Token)) >= 0);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_absent_and_a_token_that_is_not_set_is_named()
    {
        board.Feed(source: "kind: rest, url: \"http://127.0.0.1:1\", token: \"${BOARD_TOKEN}\", attempts: 1", from: "path: /tasks, items: data");
        var unset = await board.RunAsync();
        board.Environment["BOARD_TOKEN"] = "hai phần\nbí mật";
        var unusable = await board.RunAsync();
        board.Environment["BOARD_TOKEN"] = Token;
        var absent = await board.RunAsync();

        Assert.Equal((2, 2, 3), (unset.Code, unusable.Code, absent.Code));
        Assert.Contains("feed 'board' › token: the environment variable BOARD_TOKEN is not set", unset.Complaints);
        Assert.Contains("source rest › record task › token: holds a character that no token has", unusable.Complaints);
        Assert.DoesNotContain("bí mật", unusable.All);
        Assert.Contains("GET /tasks: cannot be reached", absent.Complaints);
    }

    public void Dispose() => board.Dispose();
}
