using ExcelDataReader;

namespace Etl.Sources;

/// <summary>The rows of one sheet, one after the other, with merged ranges filled in and failed formulas marked.</summary>
/// <param name="reader">Stands before the first row of the sheet.</param>
/// <param name="name">Of the part, for coordinates.</param>
sealed class SheetRows(IExcelDataReader reader, string name, IReadOnlyDictionary<(int Row, int Column), string> errors) : IDisposable
{
    readonly MergedCells merged = new(reader.MergeCells);
    readonly object?[] cells = new object?[reader.FieldCount];
    readonly string?[] faults = new string?[reader.FieldCount];

    /// <summary>Number of the current row as the sheet shows it; 0 before the first.</summary>
    public int Number { get; private set; }

    public int RowCount => reader.RowCount;

    public IReadOnlyList<object?> Cells => cells;

    /// <summary>For each cell what is wrong with it, or null.</summary>
    public IReadOnlyList<string?> Faults => faults;

    public bool IsBlank => Array.TrueForAll(cells, value => value is null or "") && Array.TrueForAll(faults, fault => fault is null);

    /// <summary>Moves to the next row; false at the end of the sheet.</summary>
    /// <param name="repeatRight">Whether a merged range gives its value to the cells at its right too. Not so in a header: two columns would have one name.</param>
    public bool Read(bool repeatRight)
    {
        try
        {
            if (!reader.Read()) return false;
            Number++;
            for (var column = 0; column < cells.Length; column++)
            {
                cells[column] = reader.GetValue(column);
                faults[column] = errors.TryGetValue((Number - 1, column), out var error) ? $"cell {Letters(column)}{Number} holds an error ({error})" : null;
            }
            merged.Fill(Number - 1, cells, faults, repeatRight);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A damaged sheet makes the package throw whatever its parser stumbles over.
            throw new SourceException(SourceFault.Data, $"{name} › row {Number + 1}: the workbook is cut short or damaged here ({e.Message})", e);
        }
    }

    /// <summary>A column as the sheet names it: 0 is A, 26 is AA.</summary>
    public static string Letters(int column) => (column >= 26 ? Letters(column / 26 - 1) : "") + (char)('A' + column % 26);

    public void Dispose() => reader.Dispose();
}
