using Warehouse.Engines;
using Warehouse.Measures;

namespace Etl.Commands;

/// <summary>What the warehouse holds, on one screen: rows by feed, the split of the tasks, and what the official letters state.</summary>
sealed class Summary(Session session, TextWriter to)
{
    static readonly string[] Split = ["assigned", "completed_on_time", "completed_late", "completed_no_deadline", "open_in_time", "open_overdue", "open_no_deadline"];

    readonly MeasureQuery query = new(MeasureCatalog.Load(), Warehouse.Reference.Calendar.Load());

    public async Task<int> WriteAsync(CancellationToken cancel)
    {
        to.WriteLine();
        to.WriteLine("Tasks of the provinces (generated data), by year of assignment");
        await TableAsync(new(Split, ["assigned_year"], []), cancel);
        to.WriteLine("Real extracts (City of Boston), by feed");
        await TableAsync(new(Split, ["feed"], [new("scope", ["example"])]), cancel);
        to.WriteLine("Cần Thơ, assigned 1 January to 24 April 2023, as letter 1680/UBND-NC printed it (916 = 682 (135) + 234 (57))");
        await TableAsync(new(["assigned", "completed", "completed_late", "open", "open_overdue"], [], [new("province", ["Cần Thơ"])],
            From: new(2023, 1, 1), To: new(2023, 4, 24), AsOf: new(2023, 4, 24)), cancel);
        to.WriteLine("Đà Nẵng, overdue tasks assigned in 2021, as of 17 March 2023 (letter 1204/UBND-KSTT names three units)");
        await TableAsync(new(["open_overdue"], ["agency"], [new("province", ["Đà Nẵng"]), new("assigned_year", ["2021"])], AsOf: new(2023, 3, 17)), cancel, row => row.Values[0].Count > 0);
        to.WriteLine("Đà Nẵng, agencies that pass the four thresholds of letter 4651/UBND-KSTT; ASSUMED window 1 January to 26 July 2021, ASSUMED municipal bases");
        await TableAsync(new(["assigned", "completion_rate_of_assigned", "on_time_rate_of_completed", "overdue_rate_of_assigned"], ["agency"], [new("province", ["Đà Nẵng"])],
            From: new(2021, 1, 1), To: new(2021, 7, 26), AsOf: new(2021, 7, 26)), cancel, IsCommended);
        return ExitCode.Done;
    }

    /// <summary>More than 200 assigned, more than 90 % completed, more than 75 % of these on time, at most 1 % overdue: strict and inclusive as written, by whole numbers.</summary>
    static bool IsCommended(MeasureRow row)
    {
        var (assigned, completion, onTime, overdue) = (row.Values[0].Count, row.Values[1], row.Values[2], row.Values[3]);
        return assigned > 200 && 100 * completion.Count > 90 * completion.Base && 100 * onTime.Count > 75 * onTime.Base && 100 * overdue.Count <= overdue.Base;
    }

    async Task TableAsync(MeasureRequest request, CancellationToken cancel, Func<MeasureRow, bool>? keep = null)
    {
        var table = await query.AskAsync(session, request, cancel);
        Output.Write(keep is null ? table : table with { Rows = [.. table.Rows.Where(keep)] }, "table", to);
        to.WriteLine();
    }
}
