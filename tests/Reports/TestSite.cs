using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Reports;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Xunit;

namespace Tests.Pages;

/// <summary>The real web program on a free port of this machine.</summary>
public sealed class TestSite : IAsyncDisposable
{
    readonly IEngine engine;
    readonly WebApplication app;

    TestSite(IEngine engine, WebApplication app)
    {
        this.engine = engine;
        this.app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static Task<TestSite> StartAsync(string home) => StartAsync(home, new DuckDbEngine(home, new DuckDbSettings("500MB")));

    /// <param name="engine">Goes with the site.</param>
    public static async Task<TestSite> StartAsync(string home, IEngine engine)
    {
        var app = Site.Build(engine, port: 0, home);
        await app.StartAsync();
        return new(engine, app);
    }

    public async Task<IDocument> OpenAsync(string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Client.GetAsync(new Uri(address, UriKind.Relative));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(expected, answer.StatusCode);
        return await BrowsingContext.New(AngleSharp.Configuration.Default).OpenAsync(page => page.Content(html));
    }

    /// <summary>Sends a form as a browser does.</summary>
    public async Task<HttpResponseMessage> SendAsync(string address, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await Client.PostAsync(new Uri(address, UriKind.Relative), content);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await engine.DisposeAsync();
    }
}

/// <summary>One home and one program for the tests that only read.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    readonly TestHome home = new();

    public TestSite Site { get; private set; } = null!;

    public async Task InitializeAsync() => Site = await TestSite.StartAsync(home.Folder);

    public async Task DisposeAsync()
    {
        await Site.DisposeAsync();
        home.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<SiteFixture>
{
    public const string Name = "pages";
}
