using Reports.Layout;
using Reports.Published;
using Reports.Tables;
using Warehouse.Measures;

namespace Reports.Pages.Compare;

/// <summary>Provinces side by side, or the agencies of one: with intervals, without those of too few tasks, and as if all had the same tasks.</summary>
public static class ComparePage
{
    const string Default = "on_time_rate_of_due";

    public static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var measure = Choices.Measure(request, "measure", Default, measure => measure.Kind == MeasureKind.Rate);
        var ranking = await Ranking.ReadAsync(request, measure, cancel);
        var tiles = new List<Tile>();
        if (ranking.Places.Count > 0)
        {
            tiles.Add(RankTiles.Dots(request, ranking));
            if (request.PlacesBy == "province") tiles.Add(await MapTile.ReadAsync(request, measure, cancel));
            tiles.Add(RankTiles.Table(request, ranking));
            if (request.PlacesBy != "feed") tiles.Add(await SeriesTile.ReadAsync(request, measure, ranking, cancel));
        }
        return new(ranking.Title(request), tiles, await Tasks.TasksPage.SourcesAsync(request, cancel))
        {
            Lead = tiles.Count == 0 ? "" : request.Say("compare.lead", request.Language.About(measure)),
            Nothing = tiles.Count == 0 ? request.Say("backlog.no_tasks") : "",
            OwnFilters = Tabs.Of(request.Say("compare.measures"), [.. request.Catalog.Measures.Where(one => one.Kind == MeasureKind.Rate)
                .Select(one => new Slicer.Choice(request.Language.Label(one), request.Here(request.View.With("measure", one.Name == Default ? null : one.Name)), one == measure))]),
            Measures = [measure.Name, "fallen_due"],
        };
    }
}
