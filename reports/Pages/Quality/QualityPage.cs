using Microsoft.AspNetCore.Components;
using Reports.Layout;
using Reports.Published;
using Reports.Tables;
using Warehouse.Measures;
using Warehouse.Runs;
using Warehouse.Wording;

namespace Reports.Pages.Quality;

/// <summary>Whether the numbers can be relied on: loads, freshness, refused rows and their correction, checks, and what authorities printed.</summary>
public static class QualityPage
{
    const int MostRuns = 15;

    const int OnPage = 10;

    /// <summary>Those that differ come first; the file has all.</summary>
    const int MostPrinted = 25;

    public static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var page = Choices.Page(request.View);
        var session = request.State.Session;
        var runs = await RunHistory.ReadAsync(session, request.Tools.Home, cancel);
        var refused = await RefusedRows.ReadAsync(session, (page - 1) * OnPage, OnPage, cancel);
        var feeds = await request.State.AskAsync(new(["assigned"], ["feed"], [new("scope", [request.View.Scope])], request.AsOf), cancel);
        var printed = await PrintedTotals.ReadAsync(session, cancel);
        var tasks = feeds.Rows.ToDictionary(row => row.By[0] ?? "", row => row.Values[0].Count);
        var wrong = printed.Count(row => !row.IsAlike);
        return new(request.Say("quality.title", refused.Open, (long)request.Sources.Count(source => source.IsLate || source.IsAbsent), (long)wrong),
            [
                FreshnessTable.Of(request, tasks) with { Width = 12 }, Quarantine(request, refused), QuarantineRows(request, refused, page),
                Failures(request, runs), Runs(request, runs), Printed(request, printed),
            ], request.Sources)
        {
            Lead = request.Say("quality.lead"),
        };
    }

    static Tile Quarantine(PageRequest request, RefusedRows refused) => new("quarantine", request.Say("quality.quarantine"))
    {
        About = request.Say("quality.quarantine_about"), Width = 12, IsTable = true, Empty = request.Say("quality.quarantine_none"),
        Table = new(
            [TableColumn.Text(request.Say("source")), TableColumn.Text(request.Say("quality.record")), TableColumn.Text(request.Say("quality.rule")), TableColumn.Text(request.Say("task.field")), TableColumn.Number(request.Say("quality.open_rows")), TableColumn.Number(request.Say("quality.resolved_rows"))],
            [.. refused.Groups.OrderBy(group => request.Named("feed", group.Feed), Alphabet.Vietnamese).Select(group => new TableRow(
            [
                request.Cells.Name(request.Named("feed", group.Feed)), request.Cells.Text(RecordName(request, group.Record)), request.Cells.Text(request.Language.Word("rule", group.Rule)), request.Cells.Text(group.ColumnName),
                request.Cells.Number(group.OpenCount), request.Cells.Number(group.ResolvedCount),
            ]))]),
    };

    static Tile QuarantineRows(PageRequest request, RefusedRows refused, int page)
    {
        var inbox = Inbox.Of(request.Tools.Home);
        return new("rows", request.Say("quality.rows", refused.Open))
        {
            About = request.Say("quality.rows_about"), Width = 12,
            Above = builder =>
            {
                builder.OpenComponent<RefusedRowsView>(0);
                builder.AddComponentParameter(1, nameof(RefusedRowsView.Request), request);
                builder.AddComponentParameter(2, nameof(RefusedRowsView.Rows), refused.Rows);
                builder.AddComponentParameter(3, nameof(RefusedRowsView.Inbox), inbox);
                builder.CloseComponent();
            },
            Below = refused.Open > OnPage ? Pager.Of(request, page, (int)((refused.Open + OnPage - 1) / OnPage)) : null,
        };
    }

    static Tile Failures(PageRequest request, RunHistory runs) => new("failures", request.Say("quality.failures"))
    {
        About = request.Say("quality.failures_about"), Width = 12, IsTable = true, Empty = request.Say("quality.failures_none"),
        Table = new(
            [TableColumn.Text(request.Say("quality.when")), TableColumn.Text(request.Say("quality.step")), TableColumn.Text(request.Say("quality.what")), TableColumn.Text(request.Say("quality.message"))],
            [.. runs.Failures.Select(step => new TableRow(
            [
                new(RunHistory.Clock(step.Started), RunHistory.Clock(step.Started)), request.Cells.Text(request.Language.Word("step", step.Step)),
                request.Cells.Text(string.Join(" › ", new[] { step.Feed, step.Record, step.Part }.Where(text => text.Length > 0))), request.Cells.Text(step.Message),
            ]))]),
    };

    static Tile Runs(PageRequest request, RunHistory runs) => new("runs", request.Say("quality.runs"))
    {
        About = request.Say("quality.runs_about"), Width = 12, IsTable = true, Empty = request.Say("quality.runs_none"),
        Table = new(
            [
                TableColumn.Text(request.Say("quality.when")), TableColumn.Text(request.Say("quality.verb")), TableColumn.Text(request.Say("quality.outcome")), TableColumn.Number(request.Say("quality.parts")), TableColumn.Number(request.Say("quality.received")),
                TableColumn.Number(request.Say("quality.accepted")), TableColumn.Number(request.Say("quality.refused")), TableColumn.Number(request.Say("quality.withheld")), TableColumn.Number(request.Say("quality.seconds")),
            ],
            [.. runs.Runs.Take(MostRuns).Select(run => new TableRow(
            [
                new(RunHistory.Clock(run.Started), RunHistory.Clock(run.Started)), request.Cells.Text(run.Verb), request.Cells.Text(request.Language.Word("outcome", run.Outcome)), request.Cells.Number(run.Parts), request.Cells.Number(run.Received),
                request.Cells.Number(run.Accepted), request.Cells.Number(run.Quarantined), request.Cells.Number(run.Withheld), request.Cells.Number((long)Math.Round(run.Seconds)),
            ]))]),
    };

    static Tile Printed(PageRequest request, IReadOnlyList<PrintedTotals> printed)
    {
        DataTable Rows(IEnumerable<PrintedTotals> some) => new(
            [
                TableColumn.Text(request.Say("quality.total")), TableColumn.Text(request.Say("quality.item")), TableColumn.Text(request.Say("quality.against")), TableColumn.Number(request.Say("quality.printed_value")),
                TableColumn.Number(request.Say("quality.computed")), TableColumn.Number(request.Say("quality.gap")), TableColumn.Text(request.Say("quality.judged")),
            ],
            [.. some.Select(row => new TableRow(
            [
                request.Cells.Name(row.Total), request.Cells.Text(row.Item), request.Cells.Text(request.Say("quality.against_" + row.Against)), Value(request, row.Printed), Value(request, row.Computed), Value(request, row.Computed - row.Printed),
                new(request.Say(row.IsAlike ? "quality.alike" : "quality.unlike"), request.Say(row.IsAlike ? "quality.alike" : "quality.unlike")) { Class = row.IsAlike ? "good" : "bad" },
            ]))]);
        return new("printed", request.Say("quality.printed"))
        {
            About = request.Say("quality.printed_about"), Width = 12, IsTable = true, Empty = request.Say("quality.printed_none"), Table = Rows(printed.Take(MostPrinted)), Whole = _ => Task.FromResult(Rows(printed)),
            Caption = printed.Count > MostPrinted ? request.Say("scorecard.cut", (long)MostPrinted, (long)printed.Count) : "",
        };
    }

    /// <summary>A feed may deliver one record in several parts: <c>task_event/processes</c>.</summary>
    internal static string RecordName(PageRequest request, string record) =>
        record.Split('/', 2) is [var name, var part] ? $"{request.Language.Word("record", name)} ({part})" : request.Language.Word("record", record);

    static TableCell Value(PageRequest request, double? value) => new(value is { } number ? number == Math.Floor(number) ? request.Language.Number((long)number) : request.Language.Decimal(number) : "–", value);
}
