using System.IO.Compression;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Reports.Pages;
using Reports.Published;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Reference;

namespace Reports;

/// <summary>The web application: its services and what a request passes, in order.</summary>
public static class Site
{
    /// <remarks>Built from nothing, so that no setting of the surroundings can open another address.</remarks>
    public static WebApplication Build(IEngine engine, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        // A port that is taken is said in one sentence by the program itself.
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        // A page of another site that makes its own name point to this machine is turned away.
        builder.Services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1"]);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
        builder.Services.AddRoutingCore().AddResponseCompression(compression => compression.EnableForHttps = false).AddRazorComponents();
        // Vietnamese letters stay letters in the source of a page.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        // No page has a form that changes anything, so there is no key to keep.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSingleton(engine).AddSingleton<Memo>().AddSingleton<PageAnswer>();
        builder.Services.AddSingleton(new MeasureQuery(MeasureCatalog.Load(), Calendar.Load()));

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseAssets();
        foreach (var page in PageList.All)
            app.MapMethods(page.Path, ["GET", "HEAD"], (HttpContext context, PageAnswer answer, CancellationToken cancel) => answer.AnswerAsync(page, context, cancel));
        app.MapMethods("/health", ["GET", "HEAD"], Health.AnswerAsync);
        app.MapFallback(PageAnswer.Missing);
        return app;
    }
}
