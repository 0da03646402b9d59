using ExcelDataReader;

namespace Etl.Sources;

/// <summary>Merged ranges of a sheet while its rows go by: each cell of a range has the value of its first one.</summary>
sealed class MergedCells
{
    readonly Queue<CellRange> ahead;
    readonly List<(CellRange Range, object? Value, string? Fault)> active = [];

    public MergedCells(CellRange[]? ranges) =>
        ahead = new((ranges ?? []).OrderBy(range => range.FromRow).ThenBy(range => range.FromColumn));

    /// <summary>Fills the cells of a row (counted from 0) that lie in a merged range.</summary>
    /// <param name="right">Also to the right of the first cell. Not so in a header: two columns would have one name.</param>
    public void Fill(int row, Span<object?> cells, Span<string?> faults, bool right)
    {
        active.RemoveAll(merged => merged.Range.ToRow < row);
        while (ahead.TryPeek(out var range) && range.FromRow <= row)
        {
            ahead.Dequeue();
            if (range.FromRow == row && range.FromColumn < cells.Length)
                active.Add((range, cells[range.FromColumn], faults[range.FromColumn]));
        }
        foreach (var (range, value, fault) in active)
        {
            var last = Math.Min(right ? range.ToColumn : range.FromColumn, cells.Length - 1);
            for (var column = range.FromColumn; column <= last; column++) (cells[column], faults[column]) = (value, fault);
        }
    }
}
