using Microsoft.AspNetCore.Http.HttpResults;
using Reports.Filters;
using Reports.Pages.Backlog;
using Reports.Published;

namespace Reports.Pages;

/// <summary>The pages, in the order in which they are listed at the side. A new page is a folder here and a line in <see cref="All"/>.</summary>
public static class PageList
{
    public static readonly IReadOnlyList<Page> All =
    [
        new("/", "page.backlog", BacklogPage.ShowAsync),
    ];
}

/// <summary>One page: where it is, what it is called, and how it answers a view.</summary>
public sealed record Page(string Path, string NameKey, Func<PageRequest, CancellationToken, Task<RazorComponentResult>> ShowAsync);

/// <summary>What a page is asked, and the one publication that it answers from.</summary>
/// <param name="View">As asked, and checked.</param>
/// <param name="Path">Of the page, for links to other views of it.</param>
public sealed record PageRequest(View View, Known Known, PublishedState State, string Path)
{
    /// <summary>The day that was asked for, else that of the newest extract: links that name no day move on with the data.</summary>
    public DateOnly AsOf => View.AsOf ?? Known.NewestExtract;
}
