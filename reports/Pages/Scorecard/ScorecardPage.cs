using System.Globalization;
using Reports.Charts;
using Reports.Layout;
using Reports.Tables;
using Warehouse.Measures;
using Warehouse.Reports;

namespace Reports.Pages.Scorecard;

/// <summary>The agencies by the four thresholds of commendation (S1-08 to S1-11), those that need attention, and who still holds overdue tasks of which year.</summary>
public static class ScorecardPage
{
    /// <summary>As many agencies as a screen takes; the file has all.</summary>
    const int MostRows = 20;

    /// <summary>What the three rates are percentages of: the letter names no base.</summary>
    static readonly Dictionary<string, (string Completed, string OnTime, string Overdue)> Bases = new() { ["municipal"] = ("assigned", "completed", "assigned"), ["due"] = ("due", "due", "due") };

    public static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var bases = Choices.Of(request.View, "base", "municipal", [.. Bases.Keys]);
        // Without a window all years would count together, and every agency would be large.
        var (from, to) = (request.View.From ?? new DateOnly(request.AsOf.Year, 1, 1), request.View.To ?? request.AsOf);
        if (from > to) from = new DateOnly(to.Year, 1, 1);
        var given = new Dictionary<string, string>
        {
            ["as_of"] = Day(request.AsOf), ["from"] = Day(from), ["to"] = Day(to),
            ["completed_base"] = Bases[bases].Completed, ["on_time_base"] = Bases[bases].OnTime, ["overdue_base"] = Bases[bases].Overdue,
        };
        var scored = await AskAsync(request, "scorecard", given, cancel);
        var held = await AskAsync(request, "overdue_agencies", new() { ["as_of"] = Day(request.AsOf) }, cancel);
        var rows = scored.Rows.Select(row => new ScoredAgency(scored, row)).ToList();
        var commended = rows.Count(row => row.IsCommended);
        var attention = rows.Where(row => row.Failed > 0 && row.IsEnough).OrderByDescending(row => row.Failed).ThenByDescending(row => row.Overdue.Value).ThenByDescending(row => row.Assigned).ToList();
        return new(request.Say("scorecard.title", request.WholePlace, (long)commended, (long)rows.Count, from, to),
            rows.Count == 0 ? [] :
            [
                Table(request, "scorecard", request.Say("scorecard.all"), request.Say("scorecard.about"), [.. rows.OrderByDescending(row => row.IsCommended).ThenByDescending(row => row.IsEnough).ThenBy(row => row.Failed).ThenByDescending(row => row.Assigned)], bases),
                Table(request, "attention", request.Say("scorecard.attention"), request.Say("scorecard.attention_about"), attention, bases, request.Say("scorecard.attention_none")),
                Held(request, held),
            ], await Tasks.TasksPage.SourcesAsync(request, cancel))
        {
            Lead = rows.Count == 0 ? "" : request.Say("scorecard.lead", from, to),
            Nothing = request.View.Scope == Filters.View.Example ? request.Say("scorecard.vietnam_only") : rows.Count == 0 ? request.Say("backlog.no_tasks") : "",
            OwnFilters = Tabs.Of(request.Say("scorecard.bases"), [.. Bases.Keys.Select(key => new Slicer.Choice(request.Say("scorecard.base_" + key), request.Here(request.View.With("base", key == "municipal" ? null : key)), key == bases))]),
            Measures = ["assigned", "completed", "completed_on_time", "open_overdue"],
        };
    }

    static async Task<ReportTable> AskAsync(PageRequest request, string report, Dictionary<string, string> given, CancellationToken cancel)
    {
        if (request.View.Scope == Filters.View.Example) return new(request.Tools.ReportFolder.Find(report), [], [], []);
        if (request.View.Province is { } province) given["province"] = province;
        if (request.View.Agency is { } agency) given["agency"] = agency;
        return await request.Tools.Reports.AskAsync(request.State.Session, request.Tools.ReportFolder.Find(report), given, cancel, request.View.Units);
    }

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static Tile Table(PageRequest request, string id, string title, string about, IReadOnlyList<ScoredAgency> rows, string bases, string empty = "")
    {
        var (language, cells, of) = (request.Language, request.Cells, Bases[bases]);
        TableColumn Rate(string key, string on) => TableColumn.Rate($"{request.Say("scorecard." + key)}, {request.Say("scorecard.on_" + on)}", language);
        TableCell Passed(MeasureValue rate, double bound, bool isPassed) => cells.Rate(rate, bound) with { Class = isPassed ? "good" : "bad", Small = $"{language.Number(rate.Count)} / {language.Number(rate.Base ?? 0)} · {request.Say(isPassed ? "score.met" : "score.not_met")}" };
        DataTable Rows(IEnumerable<ScoredAgency> some) => new(
            [
                TableColumn.Text(request.Say("task.owner")), TableColumn.Text(request.Say("task.province")), TableColumn.Number(request.Say("scorecard.assigned")),
                Rate("completed", of.Completed), Rate("on_time", of.OnTime), Rate("overdue", of.Overdue), TableColumn.Text(request.Say("scorecard.commended")),
            ],
            [.. some.Select(row => new TableRow(
            [
                cells.Name(request.Named("agency", row.Agency)), cells.Text(request.Named("province", row.Province)),
                cells.Number(row.Assigned) with { Class = row.IsEnough ? "good" : "bad", Small = request.Say(row.IsEnough ? "score.met" : "score.not_met") },
                Passed(row.Completed, row.CompletedOver, row.IsCompletedHigh), Passed(row.OnTime, row.OnTimeOver, row.IsOnTimeHigh), Passed(row.Overdue, row.OverdueAtMost, row.IsOverdueLow),
                new(request.Say(row.IsCommended ? "scorecard.yes" : "scorecard.no"), request.Say(row.IsCommended ? "scorecard.yes" : "scorecard.no")) { IsStrong = row.IsCommended },
            ]))]);
        return new(id, title)
        {
            About = about, Width = 12, IsTable = true, Measures = ["completion_rate_of_assigned", "on_time_rate_of_completed", "overdue_rate_of_assigned"], Empty = empty,
            Table = Rows(rows.Take(MostRows)), Whole = _ => Task.FromResult(Rows(rows)),
            Caption = $"{(rows.Count > MostRows ? request.Say("scorecard.cut", (long)MostRows, (long)rows.Count) + " " : "")}{request.Say("chart.as_of", request.AsOf)} {request.Say("scorecard.names")}",
        };
    }

    static Tile Held(PageRequest request, ReportTable held)
    {
        var (language, cells) = (request.Language, request.Cells);
        var columns = held.Columns.Select((column, i) => (column.Name, i)).ToDictionary(column => column.Name, column => column.i);
        object? Value(object?[] row, string name) => row[columns[name]];
        DataTable Rows(IEnumerable<object?[]> some) => new(
            [
                TableColumn.Text(request.Say("split.year")), TableColumn.Text(request.Say("task.owner")), TableColumn.Text(request.Say("task.province")), TableColumn.Number(request.Label("open_overdue")),
                TableColumn.Number(request.Say("scorecard.oldest")), TableColumn.Number(request.Say("task.days_late")), TableColumn.Text(request.Say("scorecard.plan")),
            ],
            [.. some.Select(row => new TableRow(
            [
                cells.Name(Convert.ToString(Value(row, "cohort_year"), CultureInfo.InvariantCulture) ?? ""), cells.Text(request.Named("agency", Value(row, "agency_name") as string)), cells.Text(request.Named("province", Value(row, "province_name") as string)),
                cells.Number(Value(row, "overdue_tasks") as long? ?? 0), cells.Day(Value(row, "oldest_due_date") as DateOnly?), cells.Number(Value(row, "oldest_days_late") as long? ?? 0),
                cells.Text(request.Language.Word("plan", Value(row, "plan_code") as string ?? "")),
            ]))]);
        return new("held", request.Say("scorecard.held"))
        {
            About = request.Say("scorecard.held_about"), Width = 12, IsTable = true, Measures = ["open_overdue"], Empty = request.Say("overview.decisions_none"),
            Table = Rows(held.Rows.Take(MostRows)), Whole = _ => Task.FromResult(Rows(held.Rows)),
            Caption = $"{(held.Rows.Count > MostRows ? request.Say("scorecard.cut", (long)MostRows, (long)held.Rows.Count) + " " : "")}{request.Say("chart.as_of", request.AsOf)} {request.Say("scorecard.names")}",
        };
    }
}
