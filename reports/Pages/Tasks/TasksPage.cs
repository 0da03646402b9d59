using Reports.Charts;
using Reports.Filters;
using Reports.Layout;
using Reports.Tables;
using Warehouse.Measures;

namespace Reports.Pages.Tasks;

/// <summary>The tasks behind a number: the end of every way down.</summary>
public static class TasksPage
{
    /// <summary>A file has at most so many; its heading says how many there are.</summary>
    public const int MostInFile = 100_000;

    public const int OnPage = 50;

    static readonly string[] Offered = ["open", .. Parts.All, "due_soon", "withdrawn"];

    public static async Task<PageContent> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var measure = Choices.Measure(request, "part", "open", measure => CountsTasks(request, measure));
        var page = Choices.Page(request.View);
        var asked = request.AskTasks(measure.Name) with { Skip = (page - 1) * OnPage, Take = OnPage };
        var list = await request.State.ListAsync(asked, cancel);
        var sources = await SourcesAsync(request, cancel);
        return new(request.Say("tasks.title", request.Place, list.All, request.Language.Label(measure).ToLowerInvariant(), request.AsOf), [List(request, list, page, request.Language.Label(measure), asked)], sources)
        {
            OwnFilters = Tabs.Of(request.Say("tasks.parts"), [.. Offered.Append(measure.Name).Distinct().Select(name => new Slicer.Choice(request.Label(name), request.Here(request.View.With("page", null).With("part", name)), name == measure.Name))]),
            Measures = [measure.Name],
        };
    }

    /// <summary>Only counts of tasks as they stand on a day have tasks to list.</summary>
    static bool CountsTasks(PageRequest request, Measure measure) =>
        measure.Kind is MeasureKind.Count or MeasureKind.Sum && request.Catalog.Terms(measure.Name).Select(request.Catalog.Measure).All(term => term is { Kind: MeasureKind.Count, Fact: MeasureFact.State });

    /// <summary>A page of a list of tasks, with the way to the other pages and the whole of it as a file.</summary>
    public static Tile List(PageRequest request, TaskList list, int page, string title, TaskRequest asked) => new("tasks", title)
    {
        About = request.Say("tasks.about", list.All, list.All == 0 ? 0L : (page - 1L) * OnPage + 1, Math.Min(list.All, (long)page * OnPage)), Width = 12, IsTable = true,
        Table = TaskTable.Of(request, list.Tasks), Empty = request.Say("tasks.none"), Measures = [asked.Measure],
        Caption = list.All > MostInFile ? request.Say("tasks.file_cut", (long)MostInFile, list.All) : "",
        Whole = async cancel => TaskTable.Of(request, (await request.State.ListAsync(asked with { Skip = 0, Take = MostInFile }, cancel)).Tasks),
        Below = list.All > OnPage ? Pager.Of(request, page, (int)((list.All + OnPage - 1) / OnPage)) : null,
    };

    public static async Task<IReadOnlyList<Published.SourceFreshness>> SourcesAsync(PageRequest request, CancellationToken cancel)
    {
        var table = await request.State.AskAsync(request.Ask([Parts.Base], ["feed"]), cancel);
        return [.. request.Sources.Where(source => table.Rows.Any(row => row.By[0] == source.Feed && row.Values[0].Count > 0))];
    }
}
