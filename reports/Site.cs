using System.IO.Compression;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Reports.Pages;
using Reports.Pages.Quality;
using Reports.Published;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Models;
using Warehouse.Reference;
using Warehouse.Reports;

namespace Reports;

/// <summary>The web application: its services and what a request passes, in order.</summary>
public static class Site
{
    /// <remarks>Built from nothing, so that no setting of the surroundings can open another address.</remarks>
    /// <param name="asksTogether">False sends the questions of a page one by one, to be measured beside it.</param>
    public static WebApplication Build(IEngine engine, int port, string home, bool asksTogether = true)
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
        // Keys live as long as the program: a form that was opened before a restart is opened again.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAntiforgery(options => options.Cookie.SameSite = SameSiteMode.Strict);
        builder.Services.AddSingleton(engine).AddSingleton(new Memo { AsksTogether = asksTogether }).AddSingleton<PageParts>().AddSingleton<PageAnswer>().AddSingleton<CorrectionAnswer>();
        var (catalog, calendar) = (MeasureCatalog.Load(), Calendar.Load());
        builder.Services.AddSingleton(new MeasureQuery(catalog, calendar));
        builder.Services.AddSingleton(new PageTools(catalog, new ReportQuery(catalog, calendar), ReportFolder.Load(), ModelFolder.Load(), Targets.Load(catalog), home));

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseAssets();
        foreach (var page in PageList.All)
            app.MapMethods(page.Path, ["GET", "HEAD"], (HttpContext context, PageAnswer answer, CancellationToken cancel) => answer.AnswerAsync(page, context, cancel));
        app.MapPost("/quality/correct", (HttpContext context, CorrectionAnswer answer, CancellationToken cancel) => answer.AnswerAsync(context, cancel));
        app.MapMethods("/csv/{tile}/{page}/{source?}/{**code}", ["GET", "HEAD"], FileAsync);
        app.MapMethods("/health", ["GET", "HEAD"], Health.AnswerAsync);
        app.MapFallback(PageAnswer.Missing);
        return app;
    }

    static async Task<IResult> FileAsync(string tile, string page, HttpContext context, PageAnswer answer, CancellationToken cancel) =>
        PageList.All.FirstOrDefault(one => one.Name == page) is { } known ? await answer.FileAsync(known, tile, context, cancel) : PageAnswer.Missing(context);
}
