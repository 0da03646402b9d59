namespace Reports.Pages.Backlog;

/// <summary>The page's title and lead: the answer in words.</summary>
static class BacklogWords
{
    /// <summary>"Cần Thơ: 57 nhiệm vụ quá hạn chưa hoàn thành đến 24/04/2023, giảm 12 so với 31/12/2022".</summary>
    public static string Title(PageRequest request, BacklogData data)
    {
        var view = request.View;
        var overdue = data.AsOf.Count("open_overdue");
        var place = request.Place;
        if (data.AsOf.Count(Charts.Parts.Base) == 0) return view.Language.Say("title.no_tasks", place, data.AsOf.Day);
        var title = view.Language.Say(overdue switch { 0 => "title.none", 1 => "title.one", _ => "title.some" }, place, overdue, data.AsOf.Day);
        if (data.YearBefore is not { } before) return title;
        var change = overdue - before.Count("open_overdue");
        return title + view.Language.Say(change switch { < 0 => "title.fewer", 0 => "title.same", _ => "title.more" }, Math.Abs(change), before.Day);
    }

    /// <summary>How large the backlog is, and how much of what is overdue was assigned before this year.</summary>
    public static string Lead(PageRequest request, BacklogData data)
    {
        var view = request.View;
        var (open, overdue, assigned) = (data.AsOf.Count("open"), data.AsOf.Count("open_overdue"), data.AsOf.Count(Charts.Parts.Base));
        var year = data.AsOf.Day.Year;
        var lead = view.Language.Say("lead.open", open, assigned, assigned == 0 ? 0.0 : (double)open / assigned);
        if (overdue == 0 || data.AsOf.Cohorts.Count < 2) return lead;
        var old = data.AsOf.Count("open_overdue", cohort => cohort < year);
        var most = data.AsOf.Cohorts.MaxBy(cohort => cohort.Value.Count("open_overdue"));
        return lead + " " + view.Language.Say("lead.old", old, overdue, year.ToString(System.Globalization.CultureInfo.InvariantCulture))
            + " " + view.Language.Say("lead.most", most.Key, most.Value.Count("open_overdue"));
    }
}
