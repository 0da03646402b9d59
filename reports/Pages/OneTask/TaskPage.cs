using Reports.Pages.Risk;
using Reports.Published;
using Reports.Tables;

namespace Reports.Pages.OneTask;

/// <summary>One task: how it stands, all that happened to it, its deadlines and agencies, and where each value came from.</summary>
public static class TaskPage
{
    public static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var (feed, code) = (request.Route["source"], request.Route["code"]);
        var story = await TaskStory.ReadAsync(request.State.Session, feed, code, request.AsOf, cancel);
        if (story is null) return new(request.Say("task.missing", code), [], []) { Nothing = request.Say("task.missing_body", code, feed), Status = 404 };
        var task = story.Task;
        var sources = request.State.Sources.Where(source => source.Feed == feed).ToList();
        return new(task.Title is { Length: > 0 } title ? title : code,
            [Facts(request, story), Spans(request, story), .. Risks(request, story), Timeline(request, story), Deadlines(request, story), Agencies(request, story), Provenance(request, story)], sources)
        {
            Lead = Standing(request, task),
        };
    }

    static string Standing(PageRequest request, TaskStory.Row task)
    {
        var state = request.Language.Word("lifecycle", task.Lifecycle);
        if (task.IsOpen == 1 && task.Overdue is { } overdue && overdue <= request.AsOf && task.Due is { } due) return request.Say("task.lead_overdue", state, due, (long)(request.AsOf.DayNumber - due.DayNumber));
        return task switch
        {
            { IsOpen: 1, Due: { } open } => request.Say("task.lead_open", state, open),
            { Completed: { } done, Due: not null } => request.Say(task.IsLate == 1 ? "task.lead_late" : "task.lead_on_time", done),
            { Completed: { } done } => request.Say("task.lead_done", done),
            _ => request.Say("task.lead", state),
        };
    }

    static Tile Facts(PageRequest request, TaskStory story)
    {
        var (cells, task) = (request.Cells, story.Task);
        TableRow Row(string key, TableCell cell) => new([cells.Name(request.Say(key)), cell]);
        var document = string.Join(", ", new[] { task.Document, task.Issuer, task.Issued is { } issued ? request.Language.Date(issued) : null }.Where(text => text is { Length: > 0 }));
        return new("facts", request.Say("task.facts"))
        {
            IsTable = true, About = request.Say("chart.as_of", request.AsOf),
            Table = new([TableColumn.Text(request.Say("task.field")), TableColumn.Text(request.Say("task.value"))],
            [
                Row("task.code", cells.Text(task.Code)), Row("task.lifecycle", cells.Text(request.Language.Word("lifecycle", task.Lifecycle))), Row("task.source_status", cells.Text(task.SourceStatus)),
                Row("task.owner", cells.Text(request.Named("agency", task.Agency))), Row("task.province", cells.Text(request.Named("province", task.Province))),
                Row("task.kind", cells.Text(request.Language.IsEnglish ? task.KindEn : task.Kind)), Row("task.assigner", cells.Text(string.Join(", ", new[] { task.Assigner, request.Language.IsEnglish ? task.LevelEn : task.Level }.Where(text => text is { Length: > 0 })))),
                Row("task.document", cells.Text(document)), Row("task.assigned", cells.Day(task.Assigned)), Row("task.due_first", cells.Day(task.DueFirst)), Row("task.due", cells.Day(task.Due)),
                Row("task.reported", cells.Day(task.Reported)), Row("task.completed", cells.Day(task.Completed)),
                Row("task.counts", cells.Text(request.Say("task.counts_of", task.Extensions, task.Refusals, task.Reminders, task.Handovers))),
            ]),
        };
    }

    static Tile Spans(PageRequest request, TaskStory story) => new("states", request.Say("task.states"))
    {
        About = request.Say("task.states_about"), IsTable = true, Empty = request.Say("task.nothing"),
        Table = new([TableColumn.Text(request.Say("task.from")), TableColumn.Text(request.Say("task.to")), TableColumn.Text(request.Say("task.lifecycle")), TableColumn.Text(request.Say("task.due")), TableColumn.Text(request.Say("task.owner"))],
            [.. story.Spans.Select(span => new TableRow(
            [
                request.Cells.Day(span.From), span.To is { Year: 9999 } ? request.Cells.Text(request.Say("task.until_now")) : request.Cells.Day(span.To.AddDays(-1)),
                request.Cells.Text(request.Language.Word("lifecycle", span.Lifecycle)), request.Cells.Day(span.Due), request.Cells.Text(request.Named("agency", span.Agency)),
            ]))]),
    };

    /// <summary>What was predicted of it day by day; no tile where nothing was.</summary>
    static IEnumerable<Tile> Risks(PageRequest request, TaskStory story)
    {
        if (story.Risks.Count == 0) yield break;
        var (language, cells) = (request.Language, request.Cells);
        yield return new("risk", request.Say("task.risk"))
        {
            About = request.Say("task.risk_about"), Width = 12, IsTable = true,
            Table = new(
                [
                    TableColumn.Text(request.Say("task.risk_day")), new(request.Say("risk.chance"), true, [request.Say("risk.chance"), request.Say("risk.chance_first")]), TableColumn.Text(request.Say("risk.band")), TableColumn.Text(request.Say("task.due")),
                    new(request.Say("risk.finish"), true, RiskWords.FinishHeads(language)), TableColumn.Text(request.Say("risk.reasons")), TableColumn.Text(request.Say("risk.model")),
                ],
                [.. story.Risks.Select(each => new TableRow(
                [
                    cells.Day(each.Day), RiskWords.Chance(language, each.Probability, each.ProbabilityFirst), cells.Text(request.Say("risk.level_" + each.Band)), cells.Day(each.Due),
                    RiskWords.Finish(language, each), RiskWords.Reasons(language, each), new(language.Word("learner", each.Learner), each.Learner) { Small = each.Version },
                ]))]),
        };
    }

    static Tile Timeline(PageRequest request, TaskStory story) => new("timeline", request.Say("task.timeline"))
    {
        About = request.Say("task.timeline_about", (long)story.Events.Count), Width = 12, IsTable = true, Empty = request.Say("task.nothing"),
        Table = new(
            [TableColumn.Text(request.Say("task.day")), TableColumn.Text(request.Say("task.event")), TableColumn.Text(request.Say("task.text")), TableColumn.Text(request.Say("task.owner")), TableColumn.Text(request.Say("task.new_due")), TableColumn.Text(request.Say("task.origin"))],
            [.. story.Events.Select(each => new TableRow(
            [
                request.Cells.Day(each.Day), request.Cells.Text(request.Language.Word("event", each.Code)), request.Cells.Text(string.Join(" – ", new[] { each.Text, each.Plan }.Where(text => text is { Length: > 0 }))),
                request.Cells.Text(each.Agency is null ? null : request.Named("agency", each.Agency)), request.Cells.Day(each.Due),
                request.Cells.Text(each.IsFromDifference == 1 ? request.Say("task.from_difference") : each.Part is null ? null : request.Say("task.row_of", each.Part, each.RowNo ?? 0L)),
            ]))]),
    };

    static Tile Deadlines(PageRequest request, TaskStory story) => new("deadlines", request.Say("task.deadlines"))
    {
        About = request.Say("task.deadlines_about"), IsTable = true, Empty = request.Say("task.deadlines_none"),
        Table = new(
            [TableColumn.Text(request.Say("task.day")), TableColumn.Text(request.Say("task.event")), TableColumn.Text(request.Say("task.old_due")), TableColumn.Text(request.Say("task.new_due")), TableColumn.Text(request.Say("task.reason"))],
            [.. story.Deadlines.Select(each => new TableRow(
            [
                request.Cells.Day(each.Day), request.Cells.Text(request.Language.Word("event", each.Event)), request.Cells.Day(each.Old), request.Cells.Day(each.New),
                request.Cells.Text(string.Join(" ", new[] { each.Text, each.IsAfter == 1 ? request.Say("task.after_deadline") : null }.Where(text => text is { Length: > 0 }))),
            ]))]),
    };

    static Tile Agencies(PageRequest request, TaskStory story) => new("agencies", request.Say("task.agencies"))
    {
        About = request.Say("task.agencies_about"), IsTable = true, Empty = request.Say("task.agencies_none"),
        Table = new([TableColumn.Text(request.Say("task.agency")), TableColumn.Text(request.Say("task.role"))], [.. story.CoAgencies.Select(name => new TableRow([request.Cells.Name(name), request.Cells.Text(request.Say("task.co_agency"))]))]),
    };

    static Tile Provenance(PageRequest request, TaskStory story) => new("provenance", request.Say("task.provenance"))
    {
        About = request.Say("task.provenance_about"), Width = 12, IsTable = true,
        Table = new(
            [TableColumn.Text(request.Say("task.field")), TableColumn.Text(request.Say("task.column")), TableColumn.Text(request.Say("source")), TableColumn.Text(request.Say("task.file")), TableColumn.Number(request.Say("task.row")), TableColumn.Number(request.Say("task.extract")), TableColumn.Number(request.Say("task.load"))],
            [.. story.Columns.Select(column => new TableRow(
            [
                request.Cells.Name(request.Language.Word("field", column.Name)), request.Cells.Text(column.From), request.Cells.Text(request.Named("feed", story.Task.Feed)), request.Cells.Text(story.Task.Part), request.Cells.Number(story.Task.RowNo),
                request.Cells.Day(story.Task.Extract), request.Cells.Text(story.Task.LoadKey.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ]))]),
    };
}
