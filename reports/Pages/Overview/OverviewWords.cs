using Reports.Charts;

namespace Reports.Pages.Overview;

/// <summary>The page's title and lead: the answer in words.</summary>
static class OverviewWords
{
    public static string Title(PageRequest request, Tally now, (DateOnly Day, Tally Tally)? before)
    {
        var overdue = now.Count("open_overdue");
        var title = request.Say(overdue switch { 0 => "title.none", 1 => "title.one", _ => "title.some" }, request.Place, overdue, request.AsOf);
        if (before is not { } earlier) return title;
        var change = overdue - earlier.Tally.Count("open_overdue");
        return title + request.Say(change switch { < 0 => "title.fewer", 0 => "title.same", _ => "title.more" }, Math.Abs(change), earlier.Day);
    }

    public static string Lead(PageRequest request, Tally now, double? score)
    {
        var lead = request.Say("overview.lead", now.Count(Parts.Base), now.Count("completed"), now.Rate("completion_rate_of_assigned").Value ?? 0, now.Count("open"));
        return score is { } reached ? $"{lead} {request.Say("overview.lead_score", request.Language.Decimal(reached))}" : lead;
    }
}
