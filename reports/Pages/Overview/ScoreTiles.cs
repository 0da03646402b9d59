using Reports.Charts;
using Reports.Tables;

namespace Reports.Pages.Overview;

/// <summary>The score against targets, the measures that it is made of, and the places that it comes from.</summary>
static class ScoreTiles
{
    /// <summary>As many as stand beside the table of the score; the table behind has all of them.</summary>
    const int MostPlaces = 12;

    public static Tile Score(PageRequest request, Tally now)
    {
        var (language, cells, targets) = (request.Language, request.Cells, request.Tools.Targets);
        var score = targets.Score(name => now.Rate(name).Value);
        return new("score", request.Say("overview.score", score is { } reached ? language.Decimal(reached) : "–"))
        {
            About = request.Say("overview.score_about"), IsTable = true, Measures = [.. targets.All.Select(target => target.Measure.Name)],
            Table = new(
                [
                    TableColumn.Text(request.Say("score.measure")), TableColumn.Rate(request.Say("score.figure"), language), TableColumn.Number(request.Say("score.target")),
                    TableColumn.Number(request.Say("score.reached")), TableColumn.Number(request.Say("score.weight")), TableColumn.Text(request.Say("score.owner")),
                ],
                [
                    .. targets.All.Select(target =>
                    {
                        var rate = now.Rate(target.Measure.Name);
                        var isMet = rate.Value is { } value && target.IsMet(value);
                        return new TableRow(
                        [
                            cells.Name(language.Label(target.Measure), request.View.Shared.Link("/definitions") + "#" + target.Measure.Name),
                            cells.Rate(rate, target.Value),
                            new((target.Measure.Better == "lower" ? "≤ " : "≥ ") + language.Percent(target.Value), target.Value),
                            new(target.Reached(rate.Value) is { } share ? language.Decimal(share) : "–", target.Reached(rate.Value)) { Class = rate.Value is null ? "" : isMet ? "good" : "bad", Small = rate.Value is null ? "" : request.Say(isMet ? "score.met" : "score.not_met") },
                            new(language.Decimal(target.Weight), target.Weight),
                            cells.Text(language.IsEnglish ? target.OwnerEn : target.Owner),
                        ]);
                    }),
                    new TableRow([cells.Name(request.Say("score.total")), Cells.Empty, Cells.Empty, new(score is { } one ? language.Decimal(one) : "–", score) { IsStrong = true }, Cells.Empty, Cells.Empty], IsTotal: true),
                ]),
        };
    }

    /// <summary>The same score by place: where it comes from, the lowest first.</summary>
    public static Tile Places(PageRequest request, IReadOnlyList<Split> splits)
    {
        var (language, cells, targets) = (request.Language, request.Cells, request.Tools.Targets);
        var by = language.Label(request.Catalog.Dimension(request.PlacesBy));
        var scored = splits.Select(split => (Split: split, Score: targets.Score(name => split.Told.Rate(name).Value))).Where(one => one.Score is not null).OrderBy(one => one.Score).ToList();
        var drawn = scored.Take(MostPlaces).ToList();
        string? Link(Split split) => split.Member is { } member ? request.Here(request.View.Picking(request.PlacesBy, member)) : null;
        string? Drill(Split split) => split.Member is { } member ? request.Deeper(request.PlacesBy, member) : null;
        return new("scores", request.Say("overview.scores", by.ToLowerInvariant()))
        {
            About = request.Say("overview.scores_about"), Measures = [.. targets.All.Select(target => target.Measure.Name)], Caption = (scored.Count > MostPlaces ? request.Say("chart.cut", (long)MostPlaces, (long)scored.Count) + " " : "") + request.Say("chart.as_of", request.AsOf),
            Chart = new(request.Charts.Dots([.. drawn.Select(one => new Dot(one.Split.Name, one.Score!.Value, language.Decimal(one.Score.Value), [one.Split.Name, request.Say("score.tip", language.Decimal(one.Score.Value))], Link(one.Split), Drill(one.Split), one.Split.IsCurrent))], 1, request.Say("score.goal")), ChartOptions.HeightOf(drawn.Count), []),
            Table = new(
                [TableColumn.Text(by), TableColumn.Number(request.Say("score.total")), .. targets.All.Select(target => TableColumn.Rate(language.Label(target.Measure), language))],
                [.. scored.Select(one => new TableRow([cells.Name(one.Split.Name, Link(one.Split), Drill(one.Split)), new(language.Decimal(one.Score!.Value), one.Score), .. targets.All.Select(target => cells.Rate(one.Split.Told.Rate(target.Measure.Name)))], IsCurrent: one.Split.IsCurrent))]),
        };
    }
}
