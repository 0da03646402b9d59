using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Reports.Published;
using Reports.Texts;
using Warehouse.Engines;

namespace Reports.Pages.Quality;

/// <summary>Takes a correction of a refused row and leaves it in the home's inbox; what is wrong is said in one sentence.</summary>
public sealed class CorrectionAnswer(IEngine engine, PageTools tools, IAntiforgery antiforgery, ILogger<CorrectionAnswer> log)
{
    const int LongestValue = 2000;

    public async Task<IResult> AnswerAsync(HttpContext context, CancellationToken cancel)
    {
        var language = context.Request.Query["lang"] == "en" ? Language.English : Language.Vietnamese;
        try
        {
            await antiforgery.ValidateRequestAsync(context);
            var form = await context.Request.ReadFormAsync(cancel);
            if (!long.TryParse(form["key"], NumberStyles.None, CultureInfo.InvariantCulture, out var key)) return Refused(language, "correct.no_row");
            await using var session = await engine.OpenPublishedAsync(cancel);
            if (session is null || await RefusedRows.FindAsync(session, key, cancel) is not { } row) return Refused(language, "correct.no_row");
            var values = row.Correctable.Where(column => form.ContainsKey("value:" + column) && form["value:" + column].ToString() != row.Values[column]).ToDictionary(column => column, column => form["value:" + column].ToString());
            if (values.Count == 0) return Refused(language, "correct.nothing");
            if (values.Values.Any(value => value.Length > LongestValue || value.Contains('\0'))) return Refused(language, "correct.too_long");
            if (!Inbox.Of(tools.Home).Leave(key, values)) return Refused(language, "correct.other", StatusCodes.Status409Conflict);
            return Results.Redirect($"/quality{(language.IsEnglish ? "?lang=en" : "")}#row-{key.ToString(CultureInfo.InvariantCulture)}");
        }
        catch (AntiforgeryValidationException)
        {
            return Refused(language, "correct.token");
        }
        catch (Exception error) when (error is EngineException or DbException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            log.LogError(error, "A correction could not be left in the inbox of {Home}", tools.Home);
            return Refused(language, "correct.failed", StatusCodes.Status503ServiceUnavailable);
        }
    }

    static IResult Refused(Language language, string key, int status = StatusCodes.Status400BadRequest) => PageAnswer.Say(language, "correct.title", key, status);
}
