using System.Data.Common;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Reports.Exports;
using Reports.Filters;
using Reports.Layout;
using Reports.Published;
using Reports.Texts;
using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Models;
using Warehouse.Models.Increments;

namespace Reports.Pages;

/// <summary>
/// Answers one address: reads its view, opens one publication, lets the page read its numbers and closes it again before
/// anything is written. Whatever is wrong becomes a page that says so.
/// </summary>
public sealed class PageAnswer(IEngine engine, MeasureQuery measures, Memo memo, PageTools tools, PageParts parts, IAntiforgery antiforgery, ILogger<PageAnswer> log)
{
    /// <summary>The header in which the page's script says which parts are shown.</summary>
    public const string ShownHeader = "X-Shown-Parts";

    public Task<IResult> AnswerAsync(Page page, HttpContext context, CancellationToken cancel) => GuardedAsync(page, context, async view =>
    {
        var read = await ReadAsync(page, context, view, (request, content) => Task.FromResult<Read?>(new(request, content)), cancel);
        if (read is not { } known) return EmptyScope(page, view);
        var rendered = await parts.RenderAsync(known.Request, known.Content);
        return PagePart.ReadShown(context.Request.Headers[ShownHeader].ToString()) is { Count: > 0 } shown ? Changed(known.Request, known.Content, rendered, shown) : new RazorComponentResult<Frame>(new Dictionary<string, object?>
        {
            [nameof(Frame.Title)] = known.Content.Title, [nameof(Frame.View)] = known.Request.View, [nameof(Frame.Path)] = known.Request.Path,
            [nameof(Frame.Page)] = page, [nameof(Frame.Parts)] = rendered, [nameof(Frame.Publication)] = known.Request.State.Number,
        }) { StatusCode = known.Content.Status };
    }, cancel);

    /// <summary>The table behind a tile as a file.</summary>
    public Task<IResult> FileAsync(Page page, string tile, HttpContext context, CancellationToken cancel) => GuardedAsync(page, context, async view =>
    {
        // A long table is read to its end while the publication is open.
        var file = await ReadAsync(page, context, view, async (request, content) =>
            content.Tiles.FirstOrDefault(one => one.Id == tile) is { Table: not null } found ? CsvFile.Of(request, content, found, found.Whole is { } whole ? await whole(cancel) : found.Table) : null, cancel);
        return file is null ? Missing(context) : Results.File(file.Content, "text/csv; charset=utf-8", file.Name);
    }, cancel);

    /// <summary>For addresses that are no page.</summary>
    public static RazorComponentResult Missing(HttpContext context)
    {
        var view = View.Default with { Language = LanguageOf(context) };
        return Notice("missing", StatusCodes.Status404NotFound, PageList.First, PageList.First.Path, view, link: (view.Link(PageList.First.Path), view.Language.Say("page." + PageList.First.Name)));
    }

    /// <summary>One sentence about a change that was not made, with the way back.</summary>
    public static IResult Say(Language language, string title, string text, int status)
    {
        var (page, view) = (PageList.All.First(one => one.Name == "quality"), View.Default with { Language = language });
        return new RazorComponentResult<Notice>(new Dictionary<string, object?>
        {
            [nameof(Layout.Notice.Title)] = language.Say(title), [nameof(Layout.Notice.Body)] = language.Say(text), [nameof(Layout.Notice.Link)] = view.Link(page.Path),
            [nameof(Layout.Notice.LinkText)] = language.Say("page." + page.Name), [nameof(Layout.Notice.View)] = view, [nameof(Layout.Notice.Path)] = page.Path, [nameof(Layout.Notice.Page)] = page,
        }) { StatusCode = status };
    }

    /// <returns>Null where no task of the scope was loaded, or what comes then has nothing.</returns>
    async Task<T?> ReadAsync<T>(Page page, HttpContext context, View view, Func<PageRequest, PageContent, Task<T?>> then, CancellationToken cancel) where T : class
    {
        await using var state = await PublishedState.OpenAsync(engine, measures, memo, cancel);
        if (state is null) throw new NothingException("nothing", "./analytics demo");
        if (await Known.ReadAsync(state, view.Scope, view.Units, cancel) is not { } known) return null;
        view = await ViewCheck.CheckAsync(view, known, state, cancel);
        var route = context.Request.RouteValues.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");
        var token = page.Name == "quality" ? antiforgery.GetAndStoreTokens(context).RequestToken : null;
        var request = new PageRequest(view, known, state, page, PathOf(page, route), route, tools, token);
        var content = await page.ReadAsync(request, cancel);
        if (page.HasFilters) content = content with { Agencies = view.Province is null ? [] : await ViewCheck.AgenciesAsync(view, state, cancel) };
        return await then(request, content);
    }

    async Task<IResult> GuardedAsync(Page page, HttpContext context, Func<View, Task<IResult>> answer, CancellationToken cancel)
    {
        var view = View.Default with { Language = LanguageOf(context) };
        var path = PathOf(page, context.Request.RouteValues.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? ""));
        try
        {
            view = ViewReader.Read(context.Request.Query, page.Own);
            return await answer(view);
        }
        catch (ViewException error)
        {
            var nearest = error.Nearest with { Language = view.Language };
            return Notice("bad", StatusCodes.Status400BadRequest, page, path, view, said: error.Say(view.Language), link: (nearest.Link(path), view.Language.Say("bad.nearest", nearest.Described())));
        }
        catch (NothingException error)
        {
            return Notice(error.Text, StatusCodes.Status503ServiceUnavailable, page, path, view, command: error.Command);
        }
        catch (Exception error) when (error is EngineException or DbException or CatalogException)
        {
            log.LogError(error, "Page {Path} could not be read from the warehouse", page.Path);
            return await IsOfAnotherVersionAsync(cancel)
                ? Notice("other_version", StatusCodes.Status503ServiceUnavailable, page, path, view, command: "./analytics run")
                : Notice("damaged", StatusCodes.Status503ServiceUnavailable, page, path, view);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "Page {Path} failed", page.Path);
            return Notice("failed", StatusCodes.Status500InternalServerError, page, path, view);
        }
    }

    /// <summary>Whether there is a readable state that another version of the program built.</summary>
    async Task<bool> IsOfAnotherVersionAsync(CancellationToken cancel)
    {
        try
        {
            await using var session = await engine.OpenPublishedAsync(cancel);
            return session is not null && !await BuildLedger.IsOfTextAsync(session, ModelFolder.Load(), cancel);
        }
        catch (Exception error) when (error is EngineException or DbException)
        {
            return false;
        }
    }

    /// <summary>The parts that are others than those shown; all of them where they are not the same parts.</summary>
    static IResult Changed(PageRequest request, PageContent content, IReadOnlyList<PagePart> rendered, IReadOnlyDictionary<string, string> shown)
    {
        var html = new StringBuilder($"<title>{WebUtility.HtmlEncode(Frame.Headline(content.Title, request.Language))}</title>");
        if (rendered.Select(part => part.Id).SequenceEqual(shown.Keys))
            foreach (var part in rendered.Where(part => shown[part.Id] != part.Hash)) html.Append($"<hx-partial hx-target=\"#{part.Id}\" hx-swap=\"outerHTML\">{part.Html}</hx-partial>");
        else html.Append($"<hx-partial hx-target=\"#content\" hx-swap=\"innerHTML\">{string.Concat(rendered.Select(part => part.Html))}</hx-partial>");
        return Results.Content(html.ToString(), "text/html; charset=utf-8");
    }

    static RazorComponentResult<Notice> EmptyScope(Page page, View view)
    {
        var other = view.Scope == View.Vietnam ? View.Example : View.Vietnam;
        return Notice("empty_scope", StatusCodes.Status200OK, page, page.Path, view, said: view.Language.Say("empty_scope.body", view.Language.Say("scope." + view.Scope)),
            link: ((View.Default with { Language = view.Language, Scope = other }).Link(page.Path), view.Language.Say("empty_scope.other", view.Language.Say("scope." + other))));
    }

    static RazorComponentResult<Notice> Notice(string text, int status, Page page, string path, View view, string? said = null, string command = "", (string Address, string Text) link = default) => new(new Dictionary<string, object?>
    {
        [nameof(Layout.Notice.Title)] = view.Language.Say(text + ".title"), [nameof(Layout.Notice.Body)] = said ?? view.Language.Say(text + ".body"), [nameof(Layout.Notice.Command)] = command,
        [nameof(Layout.Notice.Link)] = link.Address ?? "", [nameof(Layout.Notice.LinkText)] = link.Text ?? "",
        [nameof(Layout.Notice.View)] = view, [nameof(Layout.Notice.Path)] = path, [nameof(Layout.Notice.Page)] = page,
    }) { StatusCode = status };

    static string PathOf(Page page, IReadOnlyDictionary<string, string> route) => route.Aggregate(page.Path, (path, part) => path
        .Replace($"{{**{part.Key}}}", Escaped(part.Value), StringComparison.Ordinal).Replace($"{{{part.Key}}}", Uri.EscapeDataString(part.Value), StringComparison.Ordinal));

    /// <summary>A text that may have slashes, as the end of an address.</summary>
    public static string Escaped(string text) => string.Join('/', text.Split('/').Select(Uri.EscapeDataString));

    static Language LanguageOf(HttpContext context) => context.Request.Query["lang"] == "en" ? Language.English : Language.Vietnamese;

    sealed record Read(PageRequest Request, PageContent Content);

    /// <summary>There is no publication.</summary>
    sealed class NothingException(string text, string command) : Exception
    {
        public string Text => text;
        public string Command => command;
    }
}
