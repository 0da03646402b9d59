using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reports.Bench;

/// <summary>
/// A page in a real browser, with an empty cache: Debian's chromium, spoken to in its DevTools protocol. Enough to open an address, to
/// click and to ask for a value.
/// </summary>
sealed class Chromium : IAsyncDisposable
{
    const string Program = "/usr/bin/chromium";

    /// <summary>Longer than any page may take; a browser that hangs must not hold the measurement for ever.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly DirectoryInfo profile;
    readonly ClientWebSocket socket = new();
    string? session;
    int asked;

    Chromium(Process process, DirectoryInfo profile) => (this.process, this.profile) = (process, profile);

    public static bool IsThere => File.Exists(Program);

    public static async Task<Chromium> StartAsync(CancellationToken cancel)
    {
        var profile = Directory.CreateTempSubdirectory("analytics-browser-");
        // A superuser's chromium refuses its sandbox.
        string[] sandbox = Environment.UserName == "root" ? ["--no-sandbox"] : [];
        var started = Process.Start(new ProcessStartInfo(Program,
            [.. sandbox, "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
                "--window-size=1366,768", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank"]) { RedirectStandardError = true })!;
        var browser = new Chromium(started, profile);
        try
        {
            await browser.AttachAsync(cancel);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes to an address; back as soon as its first bytes are there.</summary>
    public Task OpenAsync(Uri address, CancellationToken cancel) => SayAsync("Page.navigate", new() { ["url"] = address.ToString() }, cancel);

    /// <summary>What an expression comes to in the page; a promise is waited for.</summary>
    /// <exception cref="InvalidOperationException">The page threw.</exception>
    public async Task<JsonNode?> AskAsync(string expression, CancellationToken cancel)
    {
        var answer = await SayAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true }, cancel);
        return answer["exceptionDetails"] is { } thrown ? throw new InvalidOperationException($"the page threw: {thrown.ToJsonString()}") : answer["result"]!["value"];
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        for (var attempt = 0; profile.Exists && attempt < 10; attempt++)
        {
            try
            {
                profile.Delete(recursive: true);
            }
            catch (IOException)
            {
                // The last of its processes is still writing.
                await Task.Delay(100);
            }
            profile.Refresh();
        }
    }

    async Task AttachAsync(CancellationToken cancel)
    {
        await socket.ConnectAsync(await AddressAsync(process, cancel), cancel);
        var target = await SayAsync("Target.createTarget", new() { ["url"] = "about:blank" }, cancel);
        var attached = await SayAsync("Target.attachToTarget", new() { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true }, cancel);
        session = (string)attached["sessionId"]!;
        await SayAsync("Page.enable", [], cancel);
    }

    static async Task<Uri> AddressAsync(Process started, CancellationToken cancel)
    {
        const string Told = "DevTools listening on ";
        while (await started.StandardError.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith(Told, StringComparison.Ordinal)) continue;
            // What else it says must not fill the pipe.
            _ = started.StandardError.ReadToEndAsync(CancellationToken.None);
            return new(line[Told.Length..]);
        }
        throw new InvalidOperationException($"{Program} ended before it listened");
    }

    async Task<JsonNode> SayAsync(string method, JsonObject parameters, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        var id = ++asked;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null) message["sessionId"] = session;
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            var heard = await HearAsync(limit.Token);
            if ((int?)heard["id"] != id) continue;
            return heard["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : heard["result"]!;
        }
    }

    async Task<JsonNode> HearAsync(CancellationToken cancel)
    {
        using var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, cancel);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(text.ToArray())!;
    }
}
