using Reports.Tables;
using Reports.Texts;

namespace Reports.Pages.Risk;

/// <summary>A prediction as cells: the same in the planner's list and on the page of one task.</summary>
static class RiskWords
{
    public static IReadOnlyList<string> FinishHeads(Language language) =>
        [language.Say("risk.finish"), language.Say("risk.from_50"), language.Say("risk.to_50"), language.Say("risk.from_90"), language.Say("risk.to_90")];

    /// <summary>Of missing the deadline in force; that of the first deadline is told below where it is another one.</summary>
    public static TableCell Chance(Language language, double probability, double first) => new(language.Percent(probability), probability, first)
    {
        Small = Math.Abs(first - probability) < 0.0005 ? "" : language.Say("risk.first", first),
    };

    /// <summary>The expected day and the intervals in which it lies 50 and 90 times in 100.</summary>
    public static TableCell Finish(Language language, DateOnly? finish, (DateOnly? Low, DateOnly? High) half, (DateOnly? Low, DateOnly? High) most) => finish is not { } day
        ? new("–", null, null, null, null, null)
        : new(language.Date(day), day, half.Low, half.High, most.Low, most.High)
        {
            Small = half is ({ } low, { } high) && most is ({ } least, { } last) ? language.Say("risk.intervals", low, high, least, last) : "", Class = "finish",
        };
}
