using Reports.Charts;
using Reports.Layout;
using Reports.Texts;
using Warehouse.Measures;

namespace Reports.Pages.Backlog;

/// <summary>The six figures at the top, each with its base and its change since the end of the year before.</summary>
static class BacklogFigures
{
    public static IReadOnlyList<Figure> Of(BacklogData data, Language language)
    {
        var year = data.AsOf.Day.Year;
        return
        [
            Count(data, language, "open_overdue", point => point.Count("open_overdue"), "open", language.Say("of.open")),
            Old(data, language, year),
            Count(data, language, "open", point => point.Count("open"), Parts.Base, language.Say("of.assigned")),
            new(Label(data, language, "due_soon"), language.Number(data.AsOf.Count("due_soon")),
                Figure.Fraction(language, data.AsOf.Count("due_soon"), data.AsOf.Count("open_in_time"), language.Say("of.open_in_time"))),
            Rate(data, language, "completion_rate_of_assigned", language.Say("of.assigned")),
            Rate(data, language, "on_time_rate_of_due", language.Say("of.fallen_due")),
        ];
    }

    static Figure Count(BacklogData data, Language language, string measure, Func<Point, long> count, string whole, string of)
    {
        var figure = new Figure(Label(data, language, measure), language.Number(count(data.AsOf)), Figure.Fraction(language, count(data.AsOf), data.AsOf.Count(whole), of));
        if (data.YearBefore is not { } before) return figure;
        var change = count(data.AsOf) - count(before);
        return figure with { Change = language.Say("figure.change", language.Change(change), before.Day), Judged = Figure.Judge(change, data.Measures[measure].Better) };
    }

    /// <summary>What is overdue and was assigned in earlier years: the backlog that was carried over.</summary>
    static Figure Old(BacklogData data, Language language, int year)
    {
        var old = data.AsOf.Count("open_overdue", cohort => cohort < year);
        return new(language.Say("figure.old", year.ToString(System.Globalization.CultureInfo.InvariantCulture)), language.Number(old),
            Figure.Fraction(language, old, data.AsOf.Count("open_overdue"), language.Say("of.overdue")));
    }

    static Figure Rate(BacklogData data, Language language, string measure, string of)
    {
        var rate = data.AsOf.Rate(measure);
        var figure = new Figure(Label(data, language, measure), language.Percent(rate.Value), Figure.Fraction(language, rate.Count, rate.Base ?? 0, of));
        if (data.YearBefore?.Rate(measure).Value is not { } before || rate.Value is not { } now) return figure;
        return figure with
        {
            Change = language.Say("figure.points", language.Points(now - before), data.YearBefore.Day),
            Judged = Figure.Judge(Math.Round(now - before, 3), data.Measures[measure].Better),
        };
    }

    static string Label(BacklogData data, Language language, string measure) => language.Label(data.Measures[measure]);
}
