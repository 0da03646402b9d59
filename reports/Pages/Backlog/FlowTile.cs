using System.Globalization;
using Reports.Charts;
using Reports.Filters;
using Reports.Tables;
using Warehouse.Measures;

namespace Reports.Pages.Backlog;

/// <summary>How the backlog went on month by month: what was open, what came, what went, and what is open then; without rest.</summary>
static class FlowTile
{
    const int Months = 12;

    const string Opening = "backlog_opening", Closing = "backlog_closing";

    static readonly string[] Came = ["new_tasks", "reopenings", "transfers_in"];

    static readonly string[] Went = ["completions", "withdrawals", "transfers_out"];

    /// <summary>
    /// Null where the flow knows nothing of what is asked: it is of months and places, not of kinds of tasks nor of windows of
    /// assignment.
    /// </summary>
    public static MeasureRequest? Request(PageRequest request)
    {
        if (request.View.Kind is not null || request.View.From is not null || request.View.To is not null || request.View.Pick is { Dimension: "task_kind" or "assigner_level" }) return null;
        var first = new DateOnly(request.AsOf.Year, request.AsOf.Month, 1).AddMonths(1 - Months);
        return new([Opening, .. Came, .. Went, Closing], ["month"], request.Where(isPicked: true), request.AsOf, first, request.AsOf, false, request.View.Units);
    }

    /// <summary>Null where no month has ended yet.</summary>
    public static Tile? Of(PageRequest request, MeasureTable table)
    {
        var (language, cells) = (request.Language, request.Cells);
        // A month that has not ended has no closing yet.
        var months = table.Rows.Where(row => row.By[0] is not null).Select(row => (Month: DateOnly.ParseExact(row.By[0]!, "yyyy-MM-dd", CultureInfo.InvariantCulture), Tally: Tally.Of(table, [row])))
            .Where(month => month.Month.AddMonths(1).AddDays(-1) <= request.AsOf).OrderByDescending(month => month.Month).ToList();
        if (months.Count == 0) return null;
        var (newest, tally) = months[0];
        var drawn = Came.Concat(Went).Where(measure => months.Any(month => month.Tally.Count(measure) > 0)).ToList();
        IReadOnlyList<WaterfallStep> steps =
        [
            new(request.Label(Opening), tally.Count(Opening), true, language.About(request.Measure(Opening))),
            .. drawn.Where(measure => tally.Count(measure) > 0).Select(measure => new WaterfallStep(request.Label(measure), Went.Contains(measure) ? -tally.Count(measure) : tally.Count(measure), false, language.About(request.Measure(measure)))),
            new(request.Label(Closing), tally.Count(Closing), true, language.About(request.Measure(Closing))),
        ];
        return new("flow", request.Say("flow.title", Name(newest)))
        {
            About = request.Say("flow.about"), Measures = [Opening, .. drawn, Closing], Caption = request.Say("chart.as_of", request.AsOf),
            Chart = new(request.Charts.Waterfall(steps, "lower", isWhole: true), "waterfall", []),
            Table = new(
                [TableColumn.Text(language.Label(request.Catalog.Dimension("month"))), TableColumn.Number(request.Label(Opening)), .. drawn.Select(measure => TableColumn.Number($"{(Went.Contains(measure) ? "−" : "+")} {request.Label(measure)}")), TableColumn.Number("= " + request.Label(Closing))],
                [.. months.Select(month => new TableRow(
                [
                    cells.Name(Name(month.Month), request.AsOfLink(month.Month.AddMonths(1).AddDays(-1))), cells.Number(month.Tally.Count(Opening)), .. drawn.Select(measure => cells.Number(month.Tally.Count(measure))), cells.Number(month.Tally.Count(Closing)),
                ]))]),
        };
    }

    static string Name(DateOnly month) => month.ToString("MM/yyyy", CultureInfo.InvariantCulture);
}
