using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Etl.Demo;

/// <summary>
/// Serves a folder of JSON lines on this machine as the task system of Bình Định would: bearer token, pages, and the
/// trouble real systems make, always at the same places (a 429, a 500, a slow page, each once and then well).
/// </summary>
public sealed class DemoApi : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Dictionary<string, List<(long Updated, byte[] Json)>> resources = [];
    readonly ConcurrentDictionary<string, bool> troubled = new();
    readonly string folder;
    readonly DateOnly extractDate;

    DemoApi(string folder, DateOnly extractDate, string token)
    {
        this.folder = folder;
        this.extractDate = extractDate;
        Token = token;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapGet("/api/agencies", context => AnswerAsync(context, "agencies"));
        app.MapGet("/api/conferences", context => AnswerAsync(context, "conferences"));
        app.MapGet("/api/tasks", context => AnswerAsync(context, "tasks"));
        foreach (var array in BinhDinhJson.Arrays) app.MapGet($"/api/tasks/{array}", context => AnswerAsync(context, array));
    }

    /// <summary>Address and port, without a path.</summary>
    public string Url => app.Urls.First();

    public string Token { get; }

    /// <param name="folder">The folder with tasks.jsonl, agencies.jsonl and conferences.jsonl: sources/binh-dinh.</param>
    /// <param name="extractDate">What the answers give as their day.</param>
    public static async Task<DemoApi> StartAsync(string folder, DateOnly extractDate, CancellationToken cancel, string token = "binh-dinh-demo")
    {
        var api = new DemoApi(folder, extractDate, token);
        await api.app.StartAsync(cancel);
        return api;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    async Task AnswerAsync(HttpContext context, string resource)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        var page = Number(context, "page", 1);
        var size = Math.Clamp(Number(context, "size", 200), 1, 5000);
        if (resource == "tasks" && await TroubleAsync(context, page)) return;
        var since = Since(context.Request.Query["updatedSince"].ToString());
        var rows = Rows(resource).Where(row => row.Updated > since).Skip((page - 1) * size).Take(size + 1).ToList();
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(Body(rows, page, size), context.RequestAborted);
    }

    /// <summary>Page 2 asks to wait, page 3 fails, page 4 is slow: the first time only.</summary>
    async Task<bool> TroubleAsync(HttpContext context, int page)
    {
        if (page is < 2 or > 4 || !troubled.TryAdd($"page {page}", true)) return false;
        if (page == 4)
        {
            await Task.Delay(1500, context.RequestAborted);
            return false;
        }
        context.Response.StatusCode = page == 2 ? StatusCodes.Status429TooManyRequests : StatusCodes.Status500InternalServerError;
        if (page == 2) context.Response.Headers.RetryAfter = "1";
        return true;
    }

    byte[] Body(List<(long Updated, byte[] Json)> rows, int page, int size)
    {
        using var body = new MemoryStream();
        body.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{{\"generated\":true,\"extractDate\":\"{extractDate:yyyy-MM-dd}\",\"page\":{page},\"size\":{size},\"hasMore\":{(rows.Count > size ? "true" : "false")},\"data\":[")));
        for (var i = 0; i < Math.Min(rows.Count, size); i++)
        {
            if (i > 0) body.WriteByte((byte)',');
            body.Write(rows[i].Json);
        }
        body.Write("]}"u8);
        return body.ToArray();
    }

    List<(long Updated, byte[] Json)> Rows(string resource)
    {
        lock (resources)
        {
            if (resources.TryGetValue(resource, out var rows)) return rows;
            var isList = resource is "agencies" or "conferences";
            rows = [];
            foreach (var line in File.ReadLines(Path.Combine(folder, isList ? $"{resource}.jsonl" : "tasks.jsonl")))
            {
                if (isList) rows.Add((long.MaxValue, Encoding.UTF8.GetBytes(line)));
                else if (Part(line, resource == "tasks" ? null : resource) is { } row) rows.Add(row);
            }
            return resources[resource] = rows;
        }
    }

    /// <summary>A whole task, or only its identifier and one of its arrays; null where it has no such array.</summary>
    static (long, byte[])? Part(string line, string? array)
    {
        if (array is not null && !line.Contains($"\"{array}\":", StringComparison.Ordinal)) return null;
        using var json = JsonDocument.Parse(line);
        var updated = json.RootElement.GetProperty("updatedTime").GetInt64();
        if (array is null) return (updated, Encoding.UTF8.GetBytes(line));
        var part = $"{{\"generated\":true,\"id\":{json.RootElement.GetProperty("id").GetRawText()},\"updatedTime\":{updated},\"{array}\":{json.RootElement.GetProperty(array).GetRawText()}}}";
        return (updated, Encoding.UTF8.GetBytes(part));
    }

    static int Number(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;

    /// <summary>Epoch milliseconds, or an ISO instant.</summary>
    static long Since(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUnixTimeMilliseconds() : long.MinValue;
}
