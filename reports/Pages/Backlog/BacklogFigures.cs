using Reports.Charts;
using Reports.Layout;
using Warehouse.Measures;

namespace Reports.Pages.Backlog;

/// <summary>The six figures at the top, each with its base and its change since the end of the year before.</summary>
static class BacklogFigures
{
    public static IReadOnlyList<Figure> Of(PageRequest request, BacklogData data)
    {
        var (language, year) = (request.Language, data.AsOf.Day.Year);
        return
        [
            Count(request, data, "open_overdue", point => point.Count("open_overdue"), "open", language.Say("of.open")),
            Old(request, data, year),
            Count(request, data, "open", point => point.Count("open"), Parts.Base, language.Say("of.assigned")),
            new(request.Label("due_soon"), language.Number(data.AsOf.Count("due_soon")),
                Figure.Fraction(language, data.AsOf.Count("due_soon"), data.AsOf.Count("open_in_time"), language.Say("of.open_in_time"))) { Link = request.TasksLink("due_soon") },
            Rate(request, data, "completion_rate_of_assigned", language.Say("of.assigned")),
            Rate(request, data, "on_time_rate_of_due", language.Say("of.fallen_due")),
        ];
    }

    static Figure Count(PageRequest request, BacklogData data, string measure, Func<Point, long> count, string whole, string of)
    {
        var language = request.Language;
        var figure = new Figure(request.Label(measure), language.Number(count(data.AsOf)), Figure.Fraction(language, count(data.AsOf), data.AsOf.Count(whole), of)) { Link = request.TasksLink(measure) };
        if (data.YearBefore is not { } before) return figure;
        var change = count(data.AsOf) - count(before);
        return figure with { Change = language.Say("figure.change", language.Change(change), before.Day), Judged = Figure.Judge(change, request.Measure(measure).Better) };
    }

    /// <summary>What is overdue and was assigned in earlier years: the backlog that was carried over.</summary>
    static Figure Old(PageRequest request, BacklogData data, int year)
    {
        var language = request.Language;
        var old = data.AsOf.Count("open_overdue", cohort => cohort < year);
        return new(language.Say("figure.old", year.ToString(System.Globalization.CultureInfo.InvariantCulture)), language.Number(old),
            Figure.Fraction(language, old, data.AsOf.Count("open_overdue"), language.Say("of.overdue"))) { Link = request.TasksLink("open_overdue", request.View with { To = Earlier(request.View.To, new(year - 1, 12, 31)) }) };
    }

    static Figure Rate(PageRequest request, BacklogData data, string measure, string of)
    {
        var language = request.Language;
        var rate = data.AsOf.Rate(measure);
        var figure = new Figure(request.Label(measure), language.Percent(rate.Value), Figure.Fraction(language, rate.Count, rate.Base ?? 0, of)) { Link = request.View.Shared.Link("/definitions") + "#" + measure };
        if (data.YearBefore?.Rate(measure).Value is not { } before || rate.Value is not { } now) return figure;
        return figure with
        {
            Change = language.Say("figure.points", language.Points(now - before), data.YearBefore.Day),
            Judged = Figure.Judge(Math.Round(now - before, 3), request.Measure(measure).Better),
        };
    }

    static DateOnly Earlier(DateOnly? one, DateOnly other) => one is { } day && day < other ? day : other;
}
