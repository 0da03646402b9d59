namespace Etl.Sources;

/// <summary>One sheet of a workbook, read row by row.</summary>
/// <param name="rows">Stands on the header row.</param>
/// <param name="columns">The header's names, up to the last one.</param>
sealed class WorkbookPart(DroppedFile file, string name, string identity, SheetRows rows, IReadOnlyList<string> columns) : SourcePart
{
    readonly SortedSet<int> nameless = [];
    readonly int header = rows.Number;
    bool ended;

    public override string Name => name;

    public override string Identity => identity;

    public override IReadOnlyList<string> Columns => columns;

    public override DateOnly? ExtractDate => file.ExtractDate;

    public override long? ExpectedRows => Math.Max(0, rows.RowCount - header);

    public override double? Progress => ended ? 1 : (double)rows.Number / Math.Max(1, rows.RowCount);

    public override ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        while (!batch.IsFull && !ended)
        {
            if (!rows.Read(repeatRight: true)) End();
            else if (!rows.IsBlank) Write(batch);
        }
        return ValueTask.FromResult(batch.Count > 0);
    }

    void Write(RowBatch batch)
    {
        string? fault = null;
        for (var column = 0; column < columns.Count; column++)
        {
            batch.Set(column, CellText.Of(rows.Cells[column], dayAtMidnight: true));
            fault ??= rows.Faults[column];
        }
        for (var column = columns.Count; column < rows.Cells.Count; column++)
            if (rows.Cells[column] is not (null or "")) nameless.Add(column);
        batch.EndRow(rows.Number, fault);
    }

    void End()
    {
        ended = true;
        file.EnsureUnchanged();
        if (nameless.Count > 0)
            Notes.Add($"{name}: column {string.Join(", ", nameless.Select(SheetRows.Letters))} has values but no name in row {header}; not read");
    }

    public override ValueTask DisposeAsync()
    {
        rows.Dispose();
        return ValueTask.CompletedTask;
    }
}
