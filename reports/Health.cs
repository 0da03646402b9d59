using System.Data.Common;
using Warehouse.Engines;

namespace Reports;

/// <summary>For what watches the program: 200 and the publication that is served, else 503 and why.</summary>
public static class Health
{
    public static async Task<IResult> AnswerAsync(IEngine engine, CancellationToken cancel)
    {
        try
        {
            await using var session = await engine.OpenPublishedAsync(cancel);
            return session is null ? Results.Json(new { status = "nothing published" }, statusCode: 503) : Results.Json(new { status = "ok", publication = session.Publication.Number });
        }
        catch (Exception error) when (error is EngineException or DbException)
        {
            return Results.Json(new { status = "the warehouse cannot be read" }, statusCode: 503);
        }
    }
}
