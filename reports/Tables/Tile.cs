using Microsoft.AspNetCore.Components;

namespace Reports.Tables;

/// <summary>One tile of a page: what is shown, its chart, the table behind it, and where to go from there.</summary>
/// <param name="Id">In the page and in the address of its file.</param>
public sealed record Tile(string Id, string Title)
{
    /// <summary>Unit, period and how to read it.</summary>
    public string About { get; init; } = "";

    /// <summary>Twelfths of the page's width: 3, 4, 5, 6, 7, 8 or 12.</summary>
    public int Width { get; init; } = 6;

    /// <summary>As tall as two tiles: two others stand beside it.</summary>
    public bool IsTall { get; init; }

    public TileChart? Chart { get; init; }

    public DataTable? Table { get; init; }

    /// <summary>The table is what the tile shows, also where a chart stands above it.</summary>
    public bool IsTable { get; init; }

    /// <summary>Source and as-of day.</summary>
    public string Caption { get; init; } = "";

    /// <summary>The measures shown, which "why this number" leads to.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>What is said where there are no rows: what happened, what to do.</summary>
    public string Empty { get; init; } = "";

    /// <summary>Stands above the table: forms, links to pages of a list.</summary>
    public RenderFragment? Above { get; init; }

    /// <summary>Stands below the table.</summary>
    public RenderFragment? Below { get; init; }

    public TileLink? Next { get; init; }

    /// <summary>False where the tile says the same whatever mark is picked.</summary>
    public bool FollowsPick { get; init; } = true;

    /// <summary>The whole table for a file, where the tile shows a part of it.</summary>
    public Func<CancellationToken, Task<DataTable>>? Whole { get; init; }

    public bool IsEmpty => Table is { Rows.Count: 0 } && Empty.Length > 0;
}

/// <param name="Options">Made by <see cref="Charts.ChartOptions"/>.</param>
/// <param name="Height">A class of reserved height, so that nothing moves when the chart is drawn.</param>
/// <param name="Key">What the colours mean, by colour token, in the order drawn; none where marks are labelled themselves.</param>
public sealed record TileChart(string Options, string Height, IReadOnlyList<(string Token, string Label)> Key)
{
    /// <summary>An asset with the shapes of a map.</summary>
    public string? Map { get; init; }
}

/// <summary>The next question, one click away.</summary>
public sealed record TileLink(string Address, string Text);
