using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tests.Sources;

/// <summary>A real HTTP server on a free loopback port that answers as a test tells it to, and keeps what it was asked.</summary>
sealed class TestApi : IAsyncDisposable
{
    readonly WebApplication server;

    TestApi(WebApplication server) => this.server = server;

    public string Address => server.Urls.First();

    /// <summary>Path and query of each request, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <param name="answer">Given the request and how many came before it.</param>
    public static async Task<TestApi> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = new TestApi(builder.Build());
        api.server.Run(async context =>
        {
            int before;
            lock (api.Asked)
            {
                before = api.Asked.Count;
                api.Asked.Add(context.Request.Path + context.Request.QueryString);
            }
            await answer(context, before);
        });
        await api.server.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
