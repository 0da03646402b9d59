using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Reports.Filters;
using Reports.Layout;
using Reports.Published;
using Reports.Texts;
using Warehouse.Engines;
using Warehouse.Measures;

namespace Reports.Pages;

/// <summary>
/// Answers one address: reads its view, opens one publication, lets the page read its numbers and closes it again before
/// anything is written. Whatever is wrong becomes a page that says so.
/// </summary>
public sealed class PageAnswer(IEngine engine, MeasureQuery measures, Memo memo, ILogger<PageAnswer> log)
{
    public async Task<RazorComponentResult> AnswerAsync(Page page, HttpContext context, CancellationToken cancel)
    {
        var view = View.Default with { Language = context.Request.Query["lang"] == "en" ? Language.English : Language.Vietnamese };
        try
        {
            view = ViewReader.Read(context.Request.Query);
            await using var state = await PublishedState.OpenAsync(engine, measures, memo, cancel);
            if (state is null) return Notice(page, view, "nothing", StatusCodes.Status503ServiceUnavailable, "./analytics demo");
            if (await Known.ReadAsync(state, view.Scope, view.Units, cancel) is not { } known) return EmptyScope(page, view);
            view = await ViewCheck.CheckAsync(view, known, state, cancel);
            return await page.ShowAsync(new(view, known, state, page.Path), cancel);
        }
        catch (ViewException error)
        {
            return Wrong(page, view, error);
        }
        catch (Exception error) when (error is EngineException or DbException or CatalogException)
        {
            log.LogError(error, "Page {Path} could not be read from the warehouse", page.Path);
            return Notice(page, view, "damaged", StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "Page {Path} failed", page.Path);
            return Notice(page, view, "failed", StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>For addresses that are no page.</summary>
    public static RazorComponentResult Missing(HttpContext context)
    {
        var view = View.Default with { Language = context.Request.Query["lang"] == "en" ? Language.English : Language.Vietnamese };
        return Shown(StatusCodes.Status404NotFound, new()
        {
            [nameof(Layout.Notice.Title)] = view.Language.Say("missing.title"),
            [nameof(Layout.Notice.Body)] = view.Language.Say("missing.body"),
            [nameof(Layout.Notice.Link)] = view.Link(PageList.All[0].Path),
            [nameof(Layout.Notice.LinkText)] = view.Language.Say(PageList.All[0].NameKey),
        }, PageList.All[0], view);
    }

    static RazorComponentResult Wrong(Page page, View view, ViewException error) => Shown(StatusCodes.Status400BadRequest, new()
    {
        [nameof(Layout.Notice.Title)] = view.Language.Say("bad.title"),
        [nameof(Layout.Notice.Body)] = error.Say(view.Language),
        [nameof(Layout.Notice.Link)] = (error.Nearest with { Language = view.Language }).Link(page.Path),
        [nameof(Layout.Notice.LinkText)] = view.Language.Say("bad.nearest", (error.Nearest with { Language = view.Language }).Described()),
    }, page, view);

    static RazorComponentResult EmptyScope(Page page, View view)
    {
        var other = view.Scope == View.Vietnam ? View.Example : View.Vietnam;
        return Shown(StatusCodes.Status200OK, new()
        {
            [nameof(Layout.Notice.Title)] = view.Language.Say("empty_scope.title"),
            [nameof(Layout.Notice.Body)] = view.Language.Say("empty_scope.body", view.Language.Say("scope." + view.Scope)),
            [nameof(Layout.Notice.Link)] = (View.Default with { Language = view.Language, Scope = other }).Link(page.Path),
            [nameof(Layout.Notice.LinkText)] = view.Language.Say("empty_scope.other", view.Language.Say("scope." + other)),
        }, page, view);
    }

    static RazorComponentResult Notice(Page page, View view, string text, int status, string command = "") => Shown(status, new()
    {
        [nameof(Layout.Notice.Title)] = view.Language.Say(text + ".title"),
        [nameof(Layout.Notice.Body)] = view.Language.Say(text + ".body"),
        [nameof(Layout.Notice.Command)] = command,
    }, page, view);

    static RazorComponentResult Shown(int status, Dictionary<string, object?> parameters, Page page, View view)
    {
        parameters[nameof(Layout.Notice.View)] = view;
        parameters[nameof(Layout.Notice.Path)] = page.Path;
        return new RazorComponentResult<Notice>(parameters) { StatusCode = status };
    }
}
