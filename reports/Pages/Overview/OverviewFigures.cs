using Reports.Charts;
using Reports.Layout;

namespace Reports.Pages.Overview;

/// <summary>The six figures at the top, each with its base and its change since the end of the month before.</summary>
static class OverviewFigures
{
    /// <summary>The measures whose past is drawn small.</summary>
    public static readonly IReadOnlyList<string> Drawn = [Parts.Base, "open_overdue", "completion_rate_of_assigned", "on_time_rate_of_due", "open", "open_no_deadline"];

    /// <param name="trend">Ends of months, oldest first, and the as-of day; empty where none is drawn.</param>
    public static IReadOnlyList<Figure> Of(PageRequest request, Tally now, (DateOnly Day, Tally Tally)? before, IReadOnlyList<(DateOnly Day, Tally Tally)> trend) =>
    [
        .. Figures(request, now, before).Select(each => Drawn.Contains(each.Measure) ? Trended(request, each.Figure, each.Measure, trend) : each.Figure),
    ];

    static IEnumerable<(string Measure, Figure Figure)> Figures(PageRequest request, Tally now, (DateOnly Day, Tally Tally)? before) =>
    [
        ("open_overdue", Count(request, now, before, "open_overdue", "open", "of.open")),
        ("completion_rate_of_assigned", Rate(request, now, before, "completion_rate_of_assigned", "of.assigned")),
        ("on_time_rate_of_due", Rate(request, now, before, "on_time_rate_of_due", "of.fallen_due")),
        ("open", Count(request, now, before, "open", Parts.Base, "of.assigned")),
        ("due_soon", Count(request, now, null, "due_soon", "open_in_time", "of.open_in_time")),
        ("open_no_deadline", Count(request, now, before, "open_no_deadline", "open", "of.open")),
    ];

    static Figure Trended(PageRequest request, Figure figure, string measure, IReadOnlyList<(DateOnly Day, Tally Tally)> trend)
    {
        var isRate = request.Measure(measure).Kind == Warehouse.Measures.MeasureKind.Rate;
        double? Value(Tally tally) => isRate ? tally.Rate(measure).Value : tally.Count(measure);
        string Said(double value) => isRate ? request.Language.Percent(value) : request.Language.Number((long)value);
        var known = trend.Select(each => (each.Day, Value: Value(each.Tally))).Where(each => each.Value is not null).ToList();
        return known.Count < 3 ? figure : figure with
        {
            Trend = [.. known.Select(each => each.Value!.Value)], TrendSaid = request.Say("figure.trend", known[0].Day, known[^1].Day, Said(known[0].Value!.Value), Said(known[^1].Value!.Value)),
        };
    }

    static Figure Count(PageRequest request, Tally now, (DateOnly Day, Tally Tally)? before, string measure, string whole, string of)
    {
        var language = request.Language;
        var figure = new Figure(request.Label(measure), language.Number(now.Count(measure)), Figure.Fraction(language, now.Count(measure), now.Count(whole), language.Say(of))) { Link = request.TasksLink(measure) };
        if (before is not { } earlier) return figure;
        var change = now.Count(measure) - earlier.Tally.Count(measure);
        return figure with { Change = language.Say("figure.change", language.Change(change), earlier.Day), Judged = Figure.Judge(change, request.Measure(measure).Better) };
    }

    static Figure Rate(PageRequest request, Tally now, (DateOnly Day, Tally Tally)? before, string measure, string of)
    {
        var (language, rate) = (request.Language, now.Rate(measure));
        var figure = new Figure(request.Label(measure), language.Percent(rate.Value), Figure.Fraction(language, rate.Count, rate.Base ?? 0, language.Say(of))) { Link = request.View.Shared.Link("/definitions") + "#" + measure };
        if (before?.Tally.Rate(measure).Value is not { } was || rate.Value is not { } value) return figure;
        return figure with { Change = language.Say("figure.points", language.Points(value - was), before.Value.Day), Judged = Figure.Judge(Math.Round(value - was, 3), request.Measure(measure).Better) };
    }
}
