using Reports.Charts;
using Reports.Pages;

namespace Reports.Tables;

/// <summary>The split of all tasks by place or year: one bar each, parts in their fixed order, and the table with the counts.</summary>
public static class SplitTile
{
    /// <summary>More bars than this cannot be told apart; the table has all rows.</summary>
    const int MostBars = 34;

    /// <param name="dimension">What the bars are, for picking one and for going deeper; empty where a bar leads nowhere.</param>
    /// <param name="nameHead">Heads the column of names.</param>
    public static Tile Of(PageRequest request, string id, string title, string about, IReadOnlyList<Split> splits, string dimension, string nameHead, string caption, int width = 6)
    {
        var drawn = splits.Take(MostBars).ToList();
        var parts = ChartOptions.DrawnParts(splits);
        string? Link(Split split) => dimension.Length > 0 && split.Member is { } member ? request.Here(request.View.Picking(dimension, member)) : null;
        string? Drill(Split split) => dimension.Length > 0 && split.Member is { } member ? request.Deeper(dimension, member) : null;
        var (language, cells) = (request.Language, request.Cells);
        return new(id, title)
        {
            About = about, Width = width, IsTall = splits.Count > 12, Measures = [Parts.Base, .. parts],
            Caption = splits.Count > MostBars ? $"{language.Say("chart.cut", (long)MostBars, (long)splits.Count)} {caption}" : caption,
            Chart = new(request.Charts.Shares(drawn, (split, _) => Link(split), (split, _) => Drill(split)), ChartOptions.HeightOf(drawn.Count), [.. parts.Select(part => (Parts.Token(part), request.Label(part)))]),
            Table = new(
                [TableColumn.Text(nameHead), TableColumn.Number(request.Label(Parts.Base)), .. parts.Select(part => TableColumn.Number(request.Label(part)))],
                [.. splits.Select(split => new TableRow(
                [
                    cells.Name(split.Name, Link(split), Drill(split)),
                    split.Picked is { } picked ? cells.Of(picked.Count(Parts.Base), split.Tally.Count(Parts.Base)) : cells.Number(split.Tally.Count(Parts.Base)),
                    .. parts.Select(part => cells.Part(part, split.Told.Count(part), split.Told.Count(Parts.Base))),
                ], IsCurrent: split.IsCurrent))]),
        };
    }
}
