using Reports.Charts;
using Reports.Tables;

namespace Reports.Pages.Compare;

/// <summary>The ranking as dots with their intervals, and as a table with both ranks.</summary>
static class RankTiles
{
    const int MostDots = 34;

    public static Tile Dots(PageRequest request, Ranking ranking)
    {
        var language = request.Language;
        var drawn = ranking.Places.Take(MostDots).ToList();
        var label = language.Label(ranking.Measure);
        return new("ranking", request.Say("compare.ranking", label))
        {
            About = request.Say("compare.ranking_about", Warehouse.Measures.Wilson.FewestToRank), Measures = [ranking.Measure.Name], IsTall = false,
            Width = request.PlacesBy == "province" ? 6 : 12,
            Caption = (ranking.Places.Count > MostDots ? request.Say("chart.cut", (long)MostDots, (long)ranking.Places.Count) + " " : "") + request.Say("chart.as_of", request.AsOf),
            Chart = new(request.Charts.Dots([.. drawn.Select(place => new Dot(place.Name, place.Rate.Value ?? 0, language.Percent(place.Rate.Value), Tip(request, place), Pick(request, place), request.Deeper(request.PlacesBy, place.Member), place.IsCurrent)
            {
                Low = place.Interval.Low, High = place.Interval.High, IsPale = !place.IsRanked,
            })], ranking.All.Value, request.Say("compare.all", language.Percent(ranking.All.Value)), isShare: true), ChartOptions.HeightOf(drawn.Count), []),
            Table = new(
                [TableColumn.Text(language.Label(request.Catalog.Dimension(request.PlacesBy))), TableColumn.Rate(label, language), TableColumn.Number(request.Say("compare.interval"))],
                [.. ranking.Places.Select(place => new TableRow([Name(request, place), request.Cells.Rate(place.Rate), Interval(request, place)], IsCurrent: place.IsCurrent))]),
        };
    }

    public static Tile Table(PageRequest request, Ranking ranking)
    {
        var (language, cells) = (request.Language, request.Cells);
        var label = language.Label(ranking.Measure);
        TableCell Rank(int? rank) => rank is { } one ? cells.Number(one) : new(request.Say("compare.too_few"), (object?)null);
        return new("ranks", request.Say("compare.ranks"))
        {
            About = request.Say("compare.ranks_about"), Width = 12, IsTable = true, Measures = [ranking.Measure.Name], Caption = request.Say("chart.as_of", request.AsOf),
            Table = new(
                [
                    TableColumn.Text(language.Label(request.Catalog.Dimension(request.PlacesBy))), TableColumn.Number(request.Say("compare.rank")), TableColumn.Rate(label, language),
                    new(request.Say("compare.interval"), true, [request.Say("compare.low"), request.Say("compare.high")]),
                    TableColumn.Number(request.Say("compare.standard_rank")), TableColumn.Number(request.Say("compare.standard")), TableColumn.Number(request.Say("compare.moved")),
                ],
                [.. ranking.Places.Select(place => new TableRow(
                [
                    Name(request, place), Rank(place.Rank), cells.Rate(place.Rate), Interval(request, place) with { InFile = [place.Interval.Low, place.Interval.High] },
                    Rank(place.StandardisedRank), new(language.Percent(place.Standardised), place.Standardised),
                    place is { Rank: { } raw, StandardisedRank: { } standard } ? new(raw == standard ? "=" : language.Change(raw - standard), raw - standard) : cells.Text(null),
                ], IsCurrent: place.IsCurrent))]),
        };
    }

    static TableCell Name(PageRequest request, RankedPlace place) => request.Cells.Name(place.Name, Pick(request, place), request.Deeper(request.PlacesBy, place.Member));

    static string Pick(PageRequest request, RankedPlace place) => request.Here(request.View.Picking(request.PlacesBy, place.Member));

    static TableCell Interval(PageRequest request, RankedPlace place)
    {
        var text = $"{request.Language.Percent(place.Interval.Low)} – {request.Language.Percent(place.Interval.High)}";
        return new(text, text);
    }

    static string[] Tip(PageRequest request, RankedPlace place) =>
    [
        place.Name, $"{request.Language.Percent(place.Rate.Value)} ({request.Language.Number(place.Rate.Count)} / {request.Language.Number(place.Rate.Base ?? 0)})",
        request.Say("compare.interval_tip", request.Language.Percent(place.Interval.Low), request.Language.Percent(place.Interval.High)),
        place.IsRanked ? request.Say("compare.rank_tip", (long)(place.Rank ?? 0), (long)(place.StandardisedRank ?? 0)) : request.Say("compare.too_few"),
    ];
}
