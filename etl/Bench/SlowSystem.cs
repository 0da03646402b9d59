using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Etl.Bench;

/// <summary>A tracking system on this machine that takes its time: an HTTP server that answers each page of made-up tasks after a while.</summary>
sealed class SlowSystem : IAsyncDisposable
{
    const int Agencies = 40, DaysOfTask = 30;
    const int PortsTried = 20;

    static readonly DateOnly FirstDay = new(2024, 1, 2);

    readonly HttpListener listener;
    readonly int pages, rowsOfPage;
    readonly TimeSpan wait;
    readonly Task answering;

    SlowSystem(HttpListener listener, string address, int pages, int rowsOfPage, TimeSpan wait)
    {
        (this.listener, Address, this.pages, this.rowsOfPage, this.wait) = (listener, address, pages, rowsOfPage, wait);
        answering = AnswerAllAsync();
    }

    public string Address { get; }

    public static SlowSystem Start(int pages, int rowsOfPage, TimeSpan wait)
    {
        for (var tried = 1; ; tried++)
        {
            var address = FormattableString.Invariant($"http://127.0.0.1:{FreePort()}/");
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                return new(listener, address, pages, rowsOfPage, wait);
            }
            catch (HttpListenerException) when (tried < PortsTried)
            {
                // Somebody took the port in between.
            }
        }
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    async Task AnswerAllAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Closed, or whoever asked has gone.
            }
        }
    }

    async Task AnswerAsync(HttpListenerContext context)
    {
        var page = int.Parse(context.Request.QueryString["page"]!, CultureInfo.InvariantCulture);
        await Task.Delay(wait);
        context.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(context.Response.OutputStream)) Write(json, page);
        context.Response.Close();
    }

    void Write(Utf8JsonWriter json, int page)
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        for (var number = (page - 1) * rowsOfPage; number < page * rowsOfPage; number++)
        {
            var assigned = FirstDay.AddDays(number % 365);
            json.WriteStartObject();
            json.WriteString("id", FormattableString.Invariant($"NV-{number}"));
            json.WriteString("agency", FormattableString.Invariant($"Sở {number % Agencies}"));
            json.WriteString("title", FormattableString.Invariant($"Rà soát, báo cáo tiến độ công việc số {number}"));
            json.WriteString("assigned", assigned.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("due", assigned.AddDays(DaysOfTask).ToString("O", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteBoolean("more", page < pages);
        json.WriteEndObject();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await answering;
    }
}
