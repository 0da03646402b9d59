namespace Warehouse.Risk;

/// <summary>
/// What rows teach of tasks whose deadline lies beyond what is known. A closing before then says "in time", but leaving out
/// those that stayed open would teach that far deadlines are always met. So a task that is still open counts as late in part:
/// as often as tasks that were open at the same share of their term missed it.
/// </summary>
static class Outlook
{
    /// <summary>The label of each row by what was known at the beginning of a day: 0, 1, or between them for a task that was still open then.</summary>
    public static double[] Labels(RiskRows rows, DateOnly until)
    {
        var settled = Enumerable.Range(0, rows.Count).Where(i => rows.Cases[i].Due < until && rows.Cases[i].Late is not null).ToList();
        var rate = settled.Count == 0
            ? _ => 0.5
            : Calibration.Isotonic([.. settled.Select(i => rows.Cases[i].Elapsed)], [.. settled.Select(i => (double)rows.Cases[i].Late!.Value)]).Apply;
        return [.. rows.Cases.Select(each => Label(each, until, rate))];
    }

    static double Label(RiskCase each, DateOnly until, Func<double, double> rate)
    {
        if (each.Due < until && each.Late is { } late) return late;
        if (each.Watched(until).IsClosed) return 0;
        var term = each.Due.DayNumber - each.Assigned.DayNumber + 1;
        return rate((double)(until.DayNumber - each.Assigned.DayNumber) / term);
    }
}
