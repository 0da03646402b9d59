using Reports.Filters;
using Reports.Layout;
using Reports.Pages.Tasks;
using Reports.Tables;
using Warehouse.Measures;

namespace Reports.Pages.Risk;

/// <summary>The planner's list: what is due soon, what is overdue and for how long, of what nothing has been heard, and what was predicted.</summary>
public static class RiskPage
{
    /// <summary>The classes of ageing of the catalogue, each with its first day late, as addresses name it.</summary>
    static readonly (int FirstDay, string Measure)[] Ages = [(1, "overdue_to_30_days"), (31, "overdue_to_90_days"), (91, "overdue_to_120_days"), (121, "overdue_over_120_days")];

    /// <summary>Days without a word after which a task has no information.</summary>
    static readonly int[] Quiet = [15, 30, 60, 90];

    public static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var list = Choices.Of(request.View, "list", "due_soon", ["due_soon", "overdue", "no_information", "open"]);
        var age = request.View.Asked("age") is null ? -1 : int.Parse(Choices.Of(request.View, "age", "1", [.. Ages.Select(each => Text(each.FirstDay))]), System.Globalization.CultureInfo.InvariantCulture);
        var quiet = int.Parse(Choices.Of(request.View, "quiet", "30", [.. Quiet.Select(Text)]), System.Globalization.CultureInfo.InvariantCulture);
        var order = Choices.Of(request.View, "order", "due", ["due", "update", "assigned"]);
        var page = Choices.Page(request.View);
        var band = request.View.Asked("band") is null ? null : Choices.Of(request.View, "band", "", RiskTiles.BandNames);
        var budget = int.Parse(Choices.Of(request.View, "budget", "50", [.. RiskTiles.Budgets.Select(Text)]), System.Globalization.CultureInfo.InvariantCulture);
        var quietSince = request.AsOf.AddDays(-quiet);
        var asked = Asked(request, list, age, quietSince) with { Order = order switch { "update" => TaskOrder.Update, "assigned" => TaskOrder.Assignment, _ => TaskOrder.Deadline }, Skip = (page - 1) * TasksPage.OnPage, Take = TasksPage.OnPage };
        var tasks = await request.State.ListAsync(asked, cancel);
        var silent = (await request.State.ListAsync(Asked(request, "no_information", -1, quietSince) with { Take = 1 }, cancel)).All;
        var counts = await request.State.AskAsync(request.Ask(["open", "open_overdue", "open_in_time", "due_soon", .. Ages.Select(each => each.Measure)], [], isPicked: true), cancel);
        var now = Charts.Tally.Of(counts);
        var risks = await RiskTiles.ReadAsync(request, band, budget, cancel);
        return new(request.Say("risk.title", request.Place, now.Count("due_soon"), now.Count("open_overdue"), silent, (long)quiet), [AgesTile(request, now, age, list), .. risks, TasksPage.List(request, tasks, page, request.Say("risk.list_" + list, (long)quiet), asked)], await TasksPage.SourcesAsync(request, cancel))
        {
            Figures = Figures(request, now, silent, quiet),
            OwnFilters = Filters(request, list, quiet, order),
            Measures = ["due_soon", "open_overdue", "open", .. Ages.Select(each => each.Measure)],
        };
    }

    static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static TaskRequest Asked(PageRequest request, string list, int age, DateOnly quietSince) => list switch
    {
        "due_soon" => request.AskTasks("due_soon"),
        "overdue" when age > 0 => request.AskTasks(Ages.First(each => each.FirstDay == age).Measure),
        "overdue" => request.AskTasks("open_overdue"),
        "no_information" => request.AskTasks("open") with { QuietSince = quietSince },
        _ => request.AskTasks("open"),
    };

    static IReadOnlyList<Figure> Figures(PageRequest request, Charts.Tally now, long silent, int quiet)
    {
        var language = request.Language;
        Figure Of(string label, string list, long count, long whole, string of) => new(label, language.Number(count), Figure.Fraction(language, count, whole, request.Say(of))) { Link = request.Here(request.View.With("list", list).With("age", null)) };
        return
        [
            Of(request.Label("due_soon"), "due_soon", now.Count("due_soon"), now.Count("open_in_time"), "of.open_in_time"),
            Of(request.Label("open_overdue"), "overdue", now.Count("open_overdue"), now.Count("open"), "of.open"),
            Of(request.Say("risk.list_no_information", (long)quiet), "no_information", silent, now.Count("open"), "of.open"),
            Of(request.Label("open"), "open", now.Count("open"), now.Count("open"), "of.open"),
        ];
    }

    static Tile AgesTile(PageRequest request, Charts.Tally now, int current, string list)
    {
        var (all, language) = (now.Count("open_overdue"), request.Language);
        string Link(int day) => request.Here(request.View.With("list", "overdue").With("age", Text(day)));
        bool IsCurrent(int day) => list == "overdue" && day == current;
        return new("ages", request.Say("risk.ages"))
        {
            About = request.Say("risk.ages_about"), Measures = ["open_overdue", .. Ages.Select(each => each.Measure)], Caption = request.Say("chart.as_of", request.AsOf),
            Chart = new(request.Charts.Bars([.. Ages.Select(each => new Charts.Bar(request.Label(each.Measure), now.Count(each.Measure), language.Number(now.Count(each.Measure)), "--open-overdue",
                [request.Label(each.Measure), $"{language.Number(now.Count(each.Measure))} / {language.Number(all)}"], Link(each.FirstDay), IsCurrent(each.FirstDay)))]), Charts.ChartOptions.HeightOf(Ages.Length), []),
            Table = new(
                [TableColumn.Text(request.Say("task.days_late")), TableColumn.Number(request.Label("open_overdue")), TableColumn.Rate(request.Say("overview.share_overdue"), language)],
                [.. Ages.Select(each => new TableRow([request.Cells.Name(request.Label(each.Measure), Link(each.FirstDay)), request.Cells.Number(now.Count(each.Measure)), request.Cells.Rate(new(now.Count(each.Measure), all))], IsCurrent: IsCurrent(each.FirstDay)))]),
        };
    }

    static Microsoft.AspNetCore.Components.RenderFragment Filters(PageRequest request, string list, int quiet, string order)
    {
        var view = request.View.With("page", null);
        Slicer.Choice Choice(string text, string name, string? value, bool isCurrent) => new(text, request.Here(view.With(name, value)), isCurrent);
        return builder =>
        {
            builder.AddContent(0, Tabs.Of(request.Say("risk.lists"), [.. new[] { "due_soon", "overdue", "no_information", "open" }.Select(name => new Slicer.Choice(request.Say("risk.list_" + name, (long)quiet), request.Here(view.With("age", null).With("list", name)), list == name))]));
            builder.AddContent(1, Tabs.Of(request.Say("risk.orders"), [.. new[] { "due", "update", "assigned" }.Select(name => Choice(request.Say("risk.order_" + name), "order", name == "due" ? null : name, order == name))]));
            if (list == "no_information") builder.AddContent(2, Tabs.Of(request.Say("risk.quiet"), [.. Quiet.Select(days => Choice(request.Say("risk.quiet_days", (long)days), "quiet", days == 30 ? null : Text(days), quiet == days))]));
        };
    }
}
