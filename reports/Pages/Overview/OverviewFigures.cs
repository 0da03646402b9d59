using Reports.Charts;
using Reports.Layout;

namespace Reports.Pages.Overview;

/// <summary>The six figures at the top, each with its base and its change since the end of the month before.</summary>
static class OverviewFigures
{
    public static IReadOnlyList<Figure> Of(PageRequest request, Tally now, (DateOnly Day, Tally Tally)? before) =>
    [
        Count(request, now, before, "open_overdue", "open", "of.open"),
        Rate(request, now, before, "completion_rate_of_assigned", "of.assigned"),
        Rate(request, now, before, "on_time_rate_of_due", "of.fallen_due"),
        Count(request, now, before, "open", Parts.Base, "of.assigned"),
        Count(request, now, null, "due_soon", "open_in_time", "of.open_in_time"),
        Count(request, now, before, "open_no_deadline", "open", "of.open"),
    ];

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
