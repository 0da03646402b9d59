using Warehouse.Engines;
using Warehouse.Measures;
using Warehouse.Reports;

namespace Etl.Commands;

/// <summary>What the warehouse holds, on one screen: rows by feed, the split of the tasks, and what the official letters state.</summary>
sealed class Summary(Session session, TextWriter to)
{
    static readonly string[] Split = ["assigned", "completed_on_time", "completed_late", "completed_no_deadline", "open_in_time", "open_overdue", "open_no_deadline"];

    readonly MeasureQuery query = new(MeasureCatalog.Load(), Warehouse.Reference.Calendar.Load());
    readonly ReportQuery reports = new(MeasureCatalog.Load(), Warehouse.Reference.Calendar.Load());

    public async Task<int> WriteAsync(CancellationToken cancel)
    {
        to.WriteLine();
        to.WriteLine("Tasks of the provinces (generated data), by year of assignment");
        await TableAsync(new(Split, ["assigned_year"], []), cancel);
        to.WriteLine("Real extracts (City of Boston), by feed");
        await TableAsync(new(Split, ["feed"], [new("scope", ["example"])]), cancel);
        to.WriteLine("Cần Thơ, as letter 1680/UBND-NC printed it: 916 = 682 (135) + 234 (57)");
        await ReportAsync("period_summary", cancel, ("from", "2023-01-01"), ("to", "2023-04-24"), ("province", "Cần Thơ"));
        to.WriteLine("Đà Nẵng, letter 1204/UBND-KSTT: three units still hold overdue tasks of 2021, a plan was asked for before 24 March 2023");
        await ReportAsync("overdue_agencies", cancel, ("as_of", "2023-03-24"), ("province", "Đà Nẵng"), ("year_to", "2021"));
        to.WriteLine("Đà Nẵng, letter 4651/UBND-KSTT: agencies that pass its four thresholds; ASSUMED window, ASSUMED municipal bases");
        await ReportAsync("scorecard", cancel, ("from", "2021-01-01"), ("to", "2021-07-26"), ("province", "Đà Nẵng"), ("shown", "commended"));
        return ExitCode.Done;
    }

    async Task TableAsync(MeasureRequest request, CancellationToken cancel)
    {
        Output.Write(await query.AskAsync(session, request, cancel), "table", to);
        to.WriteLine();
    }

    async Task ReportAsync(string name, CancellationToken cancel, params (string Name, string Value)[] given)
    {
        Output.Write(await reports.AskAsync(session, ReportFolder.Load().Find(name), given.ToDictionary(each => each.Name, each => each.Value), cancel), "table", to);
        to.WriteLine();
    }
}
