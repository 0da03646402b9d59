using Microsoft.AspNetCore.Components;
using Reports.Layout;
using Reports.Published;
using Reports.Tables;

namespace Reports.Pages;

/// <summary>All that a page says, read from one publication: nothing is read any more when it is written out.</summary>
/// <param name="Title">The answer to the page's question, in words.</param>
/// <param name="Sources">Those that have tasks in the view.</param>
public sealed record PageContent(string Title, IReadOnlyList<Tile> Tiles, IReadOnlyList<SourceFreshness> Sources)
{
    public string Lead { get; init; } = "";

    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>The measures that the page shows, for the definitions at its end.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>What is said instead of tiles where there is nothing to show.</summary>
    public string Nothing { get; init; } = "";

    /// <summary>Filters of this page alone, below those of all pages.</summary>
    public RenderFragment? OwnFilters { get; init; }

    /// <summary>Lead agencies to choose from; none where no province is chosen.</summary>
    public IReadOnlyList<string> Agencies { get; init; } = [];

    /// <summary>404 where the page is about one thing and there is none of it.</summary>
    public int Status { get; init; } = 200;
}
