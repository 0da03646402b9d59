using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using ExcelDataReader;

namespace Etl.Sources;

/// <summary>Settings of workbooks.</summary>
/// <param name="Sheet">Name or pattern of the sheets; null means every visible one that holds anything.</param>
sealed record WorkbookOptions(FileDropOptions Drop, string? Sheet, int HeaderRow)
{
    /// <summary><c>encoding</c> is for whoever reads the texts: cells are Unicode, but may have been typed in an old font.</summary>
    public static readonly string[] Names = [.. FileDropOptions.Names, "sheet", "header_row", "encoding"];

    public static WorkbookOptions Bind(SourceSettings settings) => new(
        FileDropOptions.Bind(settings, "*.xls*"), settings.Text("sheet"), settings.Number("header_row", 1, least: 1));
}

/// <summary>A folder of workbooks (.xlsx, .xls). Each visible sheet that is meant is a part, loaded once by the file's content and the sheet's name.</summary>
public sealed class Workbook : ISource
{
    readonly IReadOnlyDictionary<string, string> settings;
    readonly TimeProvider clock;

    /// <param name="settings">Of the feed's source; a record's own are added to them and win.</param>
    /// <exception cref="SourceException">A setting is unknown.</exception>
    public Workbook(IReadOnlyDictionary<string, string> settings, TimeProvider? clock = null)
    {
        _ = new SourceSettings("source workbook", WorkbookOptions.Names, settings);
        (this.settings, this.clock) = (settings, clock ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourcePart> FindPartsAsync(PartRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var options = WorkbookOptions.Bind(new($"source workbook › record {request.Record}", WorkbookOptions.Names, settings, request.From));
        await foreach (var file in new FileDrop(options.Drop, clock).FindAsync(request.Note, cancel))
        {
            foreach (var part in SheetsOf(file, options, request))
                if (!request.IsLoaded(part.Identity)) yield return part.Open();
        }
    }

    /// <summary>A sheet that was found: what it is, and how to get its part.</summary>
    sealed record Found(string Identity, Func<SourcePart> Open);

    static IEnumerable<Found> SheetsOf(DroppedFile file, WorkbookOptions options, PartRequest request)
    {
        IReadOnlyList<(string Name, bool Visible, bool Empty)> sheets;
        try
        {
            sheets = List(file);
        }
        catch (SourceException e)
        {
            return [new(file.Hash, () => new UnreadablePart(file.Name, file.Hash, e))];
        }
        var meant = sheets.Where(sheet => sheet.Visible && (options.Sheet is null || FileSystemName.MatchesSimpleExpression(options.Sheet, sheet.Name))).ToList();
        if (options.Sheet is null && meant.Exists(sheet => !sheet.Empty))
        {
            // Old spreadsheet programs put two empty sheets into every new workbook.
            foreach (var empty in meant.Where(sheet => sheet.Empty)) request.Note($"{file.Name} › sheet '{empty.Name}': is empty, passed over");
            meant.RemoveAll(sheet => sheet.Empty);
        }
        if (meant.Count == 0)
        {
            var missing = new SourceException(SourceFault.Data,
                $"{file.Name}: no visible sheet matches '{options.Sheet ?? "*"}'; it has {string.Join(", ", sheets.Select(sheet => $"'{sheet.Name}'{(sheet.Visible ? "" : " (hidden)")}"))}");
            return [new(file.Hash, () => new UnreadablePart(file.Name, file.Hash, missing))];
        }
        return meant.Select(sheet => new Found($"{file.Hash} {sheet.Name}", () => Open(file, sheet.Name, options.HeaderRow)));
    }

    static List<(string Name, bool Visible, bool Empty)> List(DroppedFile file)
    {
        using var reader = WorkbookFile.Open(file);
        var sheets = new List<(string, bool, bool)>();
        WorkbookFile.Guard(file.Name, () =>
        {
            do sheets.Add((reader.Name, reader.VisibleState == "visible", reader.RowCount == 0));
            while (reader.NextResult());
        });
        return sheets;
    }

    static SourcePart Open(DroppedFile file, string sheet, int headerRow)
    {
        var (name, identity) = ($"{file.Name} › sheet '{sheet}'", $"{file.Hash} {sheet}");
        IExcelDataReader? reader = null;
        try
        {
            reader = WorkbookFile.Open(file);
            var rows = WorkbookFile.RowsOf(file, reader, sheet, name);
            while (rows.Number < headerRow)
            {
                if (!rows.Read(repeatRight: false))
                    throw new SourceException(SourceFault.Data, $"{name}: is empty: no header row{(headerRow > 1 ? $" ({headerRow})" : "")}");
            }
            var columns = ColumnNames.Of($"{name} › row {headerRow}", rows.Cells.Select(value => CellText.Of(value, dayAtMidnight: true)));
            var last = Array.FindLastIndex(columns, column => column.Length > 0);
            if (last < 0) throw new SourceException(SourceFault.Data, $"{name} › row {headerRow}: no column has a name");
            return new WorkbookPart(file, name, identity, rows, columns[..(last + 1)]);
        }
        catch (SourceException e)
        {
            reader?.Dispose();
            return new UnreadablePart(name, identity, e);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
