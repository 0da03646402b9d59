using Reports.Tables;
using Reports.Texts;
using Warehouse.Risk;

namespace Reports.Pages.Risk;

/// <summary>A prediction as cells: the same in the planner's list and on the page of one task.</summary>
static class RiskWords
{
    const int YearsInSight = 5;

    public static IReadOnlyList<string> FinishHeads(Language language) =>
        [language.Say("risk.finish"), language.Say("risk.from_50"), language.Say("risk.to_50"), language.Say("risk.from_90"), language.Say("risk.to_90")];

    /// <summary>Of missing the deadline in force; that of the first deadline is told below where it is another one.</summary>
    public static TableCell Chance(Language language, double probability, double first) => new(language.Percent(probability), probability, first)
    {
        Small = Math.Abs(first - probability) < 0.0005 ? "" : language.Say("risk.first", first),
    };

    /// <summary>The expected day and the intervals in which it lies 50 and 90 times in 100. Files have every day as it was computed.</summary>
    public static TableCell Finish(Language language, StoredRisk risk) => risk.Finish is not { } day
        ? new("–", null, null, null, null, null)
        : new(Shown(language, risk.Due, day), day, risk.Low50, risk.High50, risk.Low90, risk.High90)
        {
            Small = risk is { Low50: { } low, High50: { } high, Low90: { } least, High90: { } last }
                ? language.Say("risk.intervals", Shown(language, risk.Due, low), Shown(language, risk.Due, high), Shown(language, risk.Due, least), Shown(language, risk.Due, last)) : "",
            Class = "finish",
        };

    /// <summary>A sentence or two: on a narrow screen the column stays wide enough to be read.</summary>
    public static TableCell Reasons(Language language, StoredRisk risk)
    {
        var text = language.IsEnglish ? risk.ReasonEn : risk.Reason;
        return new(text is { Length: > 0 } ? text : "–", text) { Class = "sentence" };
    }

    /// <summary>Of tasks that are hardly ever finished no end has been seen: a day years behind the deadline would claim that one had.</summary>
    static string Shown(Language language, DateOnly due, DateOnly day) => day > due.AddYears(YearsInSight) ? language.Say("risk.not_in_sight") : language.Date(day);
}
