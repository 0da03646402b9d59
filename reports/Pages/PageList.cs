using Reports.Pages.Backlog;
using Reports.Pages.Compare;
using Reports.Pages.Definitions;
using Reports.Pages.OneTask;
using Reports.Pages.Overview;
using Reports.Pages.Quality;
using Reports.Pages.Risk;
using Reports.Pages.Scorecard;
using Reports.Pages.Tasks;

namespace Reports.Pages;

/// <summary>The pages, in the order in which they are listed at the side. A new page is a folder here and a line in <see cref="All"/>.</summary>
public static class PageList
{
    public static readonly IReadOnlyList<Page> All =
    [
        new("overview", "/", OverviewPage.ReadAsync),
        new("compare", "/compare", ComparePage.ReadAsync) { Own = ["measure"] },
        new("scorecard", "/scorecard", ScorecardPage.ReadAsync) { Own = ["base"] },
        new("backlog", "/backlog", BacklogPage.ReadAsync),
        new("risk", "/risk", RiskPage.ReadAsync) { Own = ["list", "age", "quiet", "order", "page", "band", "budget"] },
        new("tasks", "/tasks", TasksPage.ReadAsync) { Own = ["part", "page"] },
        new("task", "/task/{source}/{**code}", TaskPage.ReadAsync) { IsListed = false, HasFilters = false },
        new("quality", "/quality", QualityPage.ReadAsync) { Own = ["page"], HasFilters = false },
        new("definitions", "/definitions", DefinitionsPage.ReadAsync) { HasFilters = false },
    ];

    public static Page First => All[0];
}

/// <summary>One page: what it is called, where it is, and how it answers a view.</summary>
/// <param name="Name">In texts (<c>page.NAME</c>) and in the addresses of files.</param>
/// <param name="Path">May have parts that the address fills in: <c>/task/{source}/{**code}</c>.</param>
public sealed record Page(string Name, string Path, Func<PageRequest, CancellationToken, Task<PageContent>> ReadAsync)
{
    /// <summary>Parameters that only this page has.</summary>
    public IReadOnlyList<string> Own { get; init; } = [];

    /// <summary>False where the page is about one thing that other pages lead to.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>False where the page says the same whatever the filters are.</summary>
    public bool HasFilters { get; init; } = true;
}
