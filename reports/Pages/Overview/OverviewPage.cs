using Reports.Charts;
using Reports.Layout;
using Reports.Published;
using Reports.Tables;
using Warehouse.Measures;

namespace Reports.Pages.Overview;

/// <summary>For a leader at a glance: how all tasks stand, what changed and why, how far the targets are reached, what needs a decision.</summary>
public static class OverviewPage
{
    const int Decisions = 10;

    static readonly string[] Counted = [Parts.Base, .. Parts.All, "completed", "open", "due_soon", "fallen_due", "completion_rate_of_assigned", "on_time_rate_of_due"];

    /// <summary>What is told of the days compared with: counts made in advance answer it.</summary>
    static readonly string[] CountedThen = [.. Counted.Where(measure => measure != "due_soon")];

    public static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var days = Compared(request).ToList();
        string[] groups = [request.PlacesBy, "task_kind"];
        var isPicked = request.View.Pick is not null;
        var targets = request.Tools.Targets.All.Select(target => target.Measure.Name).ToList();
        var places = new SplitRequest(request, request.PlacesBy, [.. Counted.Union(targets)]);
        IReadOnlyList<MeasureRequest> requests =
        [
            request.Ask([.. Counted.Union(targets)], [], isPicked: isPicked), request.Ask(Counted, [], isPicked: false), request.Ask([Parts.Base], ["feed"]),
            request.Ask(["open", "open_overdue"], groups, isPicked: isPicked),
            .. days.SelectMany(day => new[] { request.Ask(["open", "open_overdue"], groups, day.Day, isPicked), request.Ask(CountedThen, [], day.Day, isPicked) }),
            .. places.Requests,
        ];
        // Small lines of the past are of the whole: a click on a mark must not read a year.
        var months = isPicked ? [] : Months(request);
        var past = await request.State.AskAllAsync([.. months.Select(month => request.Ask(OverviewFigures.Drawn, [], month))], cancel);
        var answers = await request.AskAllAsync(requests, [], cancel);
        var trend = months.Zip(past, (month, answer) => (month, Tally.Of(answer))).Append((request.AsOf, Tally.Of(answers[0]))).ToList();
        var now = Tally.Of(answers[0]);
        var sources = request.Sources.Where(source => answers[2].Rows.Any(row => row.By[0] == source.Feed && row.Values[0].Count > 0)).ToList();
        var red = await request.State.ListAsync(request.AskTasks("open_overdue") with { Take = Decisions, All = now.Count("open_overdue") }, cancel);
        var steps = await NextStep.ReadAsync(request.State.Session, [.. red.Tasks.Select(task => task.TaskKey)], request.AsOf, cancel);
        var changes = days.Select((day, i) => (day.Key, day.Day, Effects: Effects.Of(Grouped(answers[4 + 2 * i]), Grouped(answers[3])), Before: Tally.Of(answers[5 + 2 * i]))).ToList();
        var splits = places.Splits([.. answers.TakeLast(places.Requests.Count)]);
        if (now.Count(Parts.Base) == 0) return new(request.Say("title.no_tasks", request.Place, request.AsOf), [], sources) { Nothing = request.Say("backlog.no_tasks") };
        return new(OverviewWords.Title(request, now, changes.Count > 0 ? (changes[0].Day, changes[0].Before) : null),
            [
                SplitOfAll(request, now, Tally.Of(answers[1])),
                .. changes.Select(change => EffectsTile.Of(request, change.Key, change.Day, change.Effects)),
                ScoreTiles.Score(request, now), ScoreTiles.Places(request, splits),
                Deciding(request, red, steps),
            ], sources)
        {
            Lead = OverviewWords.Lead(request, now, request.Tools.Targets.Score(name => now.Rate(name).Value)),
            Figures = OverviewFigures.Of(request, now, changes.Count > 0 ? (changes[0].Day, changes[0].Before) : null, isPicked ? [] : trend),
            Measures = [Parts.Base, .. Parts.All, .. targets, "on_time_rate_of_due", "due_soon"],
        };
    }

    /// <summary>The last twelve ends of months before the as-of day, oldest first, since there are tasks.</summary>
    static List<DateOnly> Months(PageRequest request) =>
        [.. Enumerable.Range(0, 12).Select(back => new DateOnly(request.AsOf.Year, request.AsOf.Month, 1).AddMonths(-back).AddDays(-1)).Where(day => day >= request.Known.FirstAssigned).Reverse()];

    /// <summary>The end of the month before, and the same day of the year before, where there were tasks then.</summary>
    static IEnumerable<(string Key, DateOnly Day)> Compared(PageRequest request)
    {
        var month = new DateOnly(request.AsOf.Year, request.AsOf.Month, 1).AddDays(-1);
        if (month >= request.Known.FirstAssigned) yield return ("month", month);
        if (request.AsOf.AddYears(-1) >= request.Known.FirstAssigned) yield return ("year", request.AsOf.AddYears(-1));
    }

    static Dictionary<string, Group> Grouped(MeasureTable table) =>
        table.Rows.GroupBy(row => string.Join('|', row.By)).ToDictionary(rows => rows.Key, rows => new Group(rows.Sum(row => row.Values[0].Count), rows.Sum(row => row.Values[1].Count)));

    static Tile SplitOfAll(PageRequest request, Tally now, Tally whole)
    {
        var split = new Split(request.WholePlace, whole) { Picked = request.View.Pick is null ? null : now };
        var parts = ChartOptions.DrawnParts([split]);
        var (cells, all) = (request.Cells, now.Count(Parts.Base));
        return new("split", request.Say("overview.split"))
        {
            About = request.Say("overview.split_about", all), Width = 12, Measures = [Parts.Base, .. parts], Caption = request.Say("chart.as_of", request.AsOf),
            Chart = new(request.Charts.Shares([split], (_, part) => request.TasksLink(part), (_, _) => null), "bars-1", [.. parts.Select(part => (Parts.Token(part), request.Label(part)))]),
            Next = new(request.View.Shared.Link("/backlog"), request.Say("overview.to_backlog")),
            Table = new(
                [TableColumn.Text(request.Say("overview.part")), TableColumn.Number(request.Say("overview.tasks")), TableColumn.Rate(request.Say("overview.share"), request.Language)],
                [
                    .. parts.Select(part => new TableRow([cells.Name(request.Label(part), request.TasksLink(part)), cells.Part(part, now.Count(part), all) with { Small = "" }, cells.Rate(new(now.Count(part), all))])),
                    new TableRow([cells.Name(request.Label(Parts.Base)), cells.Number(all), cells.Rate(new(all, all))], IsTotal: true),
                ]),
        };
    }

    static Tile Deciding(PageRequest request, TaskList red, IReadOnlyDictionary<long, NextStep> steps)
    {
        var cells = request.Cells;
        return new("decisions", request.Say("overview.decisions"))
        {
            About = request.Say("overview.decisions_about", (long)red.Tasks.Count, red.All), Width = 12, IsTable = true, Measures = ["open_overdue"], Empty = request.Say("overview.decisions_none"),
            Next = new(request.View.Shared.With("list", "overdue").Link("/risk"), request.Say("overview.to_risk")),
            Table = new(
                [Tasks.TaskTable.TitleColumn(request), TableColumn.Text(request.Say("task.owner")), TableColumn.Number(request.Say("task.due")), TableColumn.Number(request.Say("task.days_late")), TableColumn.Text(request.Say("task.next_step"))],
                [.. red.Tasks.Select(task => new TableRow(
                [
                    Tasks.TaskTable.Title(request, task),
                    new(request.Named("agency", task.Agency), request.Named("agency", task.Agency)) { Small = request.Named("province", task.Province) },
                    cells.Day(task.Due),
                    task.Due is { } due ? cells.Number(request.AsOf.DayNumber - due.DayNumber) : Cells.Empty,
                    steps.TryGetValue(task.TaskKey, out var step) ? new(step.Text, step.Text) { Small = request.Say("step." + step.Event, step.Day) } : cells.Text(request.Say("task.no_step")),
                ]))]),
        };
    }
}
