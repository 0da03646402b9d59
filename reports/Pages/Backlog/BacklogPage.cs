using Reports.Charts;
using Reports.Layout;
using Reports.Tables;

namespace Reports.Pages.Backlog;

/// <summary>Backlog by year: what is open and overdue, since when, and how all tasks split.</summary>
public static class BacklogPage
{
    public static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var data = await BacklogData.ReadAsync(request, cancel);
        var flow = FlowTile.Request(request) is { } asked ? FlowTile.Of(request, (await request.AskAllAsync([asked], BacklogData.Marks, cancel))[0]) : null;
        var forecast = await ForecastTiles.ReadAsync(request, cancel);
        var counted = request.Sources.Where(source => data.OfSource.GetValueOrDefault(source.Feed) > 0).ToList();
        var isEmpty = data.Whole[^1].Count(Parts.Base) == 0;
        return new(BacklogWords.Title(request, data), isEmpty ? [] : Tiles(request, data, flow, forecast), counted)
        {
            Lead = isEmpty ? "" : BacklogWords.Lead(request, data),
            Figures = BacklogFigures.Of(request, data),
            Nothing = isEmpty ? request.Say("backlog.no_tasks") : "",
            Measures = [Parts.Base, .. Parts.All, "completed", "open", "due_soon", "completion_rate_of_assigned", "on_time_rate_of_due"],
        };
    }

    static IReadOnlyList<Tile> Tiles(PageRequest request, BacklogData data, Tile? flow, IReadOnlyList<Tile> forecast)
    {
        var caption = request.Say("chart.as_of", request.AsOf);
        var by = request.Language.Label(request.Catalog.Dimension(request.PlacesBy));
        return
        [
            OpenByDay(request, data, caption),
            new("cohorts", request.Say("backlog.cohorts")) { About = request.Say("backlog.cohorts_about"), Table = CohortTable.Of(request, data), IsTable = true, Caption = caption, Measures = ["open_overdue", "open"] },
            .. flow is null ? Array.Empty<Tile>() : [flow],
            .. forecast,
            SplitTile.Of(request, "places", request.Say("split.places", by.ToLowerInvariant()), request.Say(data.Places.Count > 1 ? "split.places_about" : "split.about"), data.Places, request.PlacesBy, by, caption),
            SplitTile.Of(request, "years", request.Say("split.years"), request.Say("split.about"), data.Years, "assigned_year", request.Say("split.year"), caption),
            FreshnessTable.Of(request, data.OfSource),
        ];
    }

    static Tile OpenByDay(PageRequest request, BacklogData data, string caption)
    {
        // Parts of the backlog that any day has.
        var parts = Parts.Open.Where(part => data.Whole.Any(point => point.Count(part) > 0)).ToList();
        var (language, cells) = (request.Language, request.Cells);
        return new("backlog", request.Say("backlog.columns"))
        {
            About = request.Say("backlog.columns_about"), Caption = caption, Measures = ["open", .. parts],
            Chart = new(request.Charts.Columns([.. data.Points.Zip(data.Whole, (point, whole) => new Column(
                $"{language.TwoLines(point.Day).DayAndMonth}\n{language.TwoLines(point.Day).Year}", request.Say("backlog.at", point.Day), whole.Count("open"), part => point.Count(part), request.AsOfLink(point.Day)))], parts),
                "columns", [.. parts.Select(part => (Parts.Token(part), request.Label(part)))]),
            Table = new(
                [TableColumn.Text(request.Say("backlog.day")), .. parts.Select(part => TableColumn.Number(request.Label(part))), TableColumn.Number(request.Label("open")), TableColumn.Rate(request.Say("backlog.overdue_share"), language)],
                [.. data.Points.Select(point => new TableRow(
                [
                    new(language.Date(point.Day), point.Day) { Link = request.AsOfLink(point.Day) },
                    .. parts.Select(part => cells.Number(point.Count(part))),
                    cells.Number(point.Count("open")),
                    cells.Rate(new(point.Count("open_overdue"), point.Count("open"))),
                ]))]),
        };
    }
}
