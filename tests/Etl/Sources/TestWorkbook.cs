using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Tests.Sources;

/// <summary>Writes small workbooks cell by cell, as a spreadsheet program would.</summary>
static class TestWorkbook
{
    /// <param name="Merged">Ranges such as "A2:A4".</param>
    public sealed record TestSheet(string Name, object?[][] Rows, string[]? Merged = null, bool Hidden = false, int FirstRow = 1);

    /// <summary>A formula with the value that the program stored for it.</summary>
    public sealed record Formula(string Text, double Cached);

    /// <summary>A cell whose formula failed: "#N/A".</summary>
    public sealed record Error(string Text);

    public static void Write(string path, params TestSheet[] sheets)
    {
        using var document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        workbook.Workbook = new Workbook(new Sheets());
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        foreach (var (index, sheet) in sheets.Index())
        {
            var part = workbook.AddNewPart<WorksheetPart>();
            var rows = sheet.Rows.Index().Where(row => row.Item.Length > 0).Select(row => RowOf((uint)(row.Index + sheet.FirstRow), row.Item));
            part.Worksheet = new Worksheet(new SheetData(rows));
            if (sheet.Merged is { } merged)
                part.Worksheet.Append(new MergeCells(merged.Select(range => new MergeCell { Reference = range })));
            workbook.Workbook.Sheets!.Append(new Sheet
            {
                Id = workbook.GetIdOfPart(part),
                SheetId = (uint)index + 1,
                Name = sheet.Name,
                State = sheet.Hidden ? SheetStateValues.Hidden : SheetStateValues.Visible,
            });
        }
    }

    static Row RowOf(uint number, object?[] values) =>
        new(values.Index().Where(value => value.Item is not null).Select(value => CellOf($"{(char)('A' + value.Index)}{number}", value.Item!))) { RowIndex = number };

    static Cell CellOf(string reference, object value) => value switch
    {
        string text => new() { CellReference = reference, DataType = CellValues.InlineString, InlineString = new(new Text(text)) },
        bool truth => new() { CellReference = reference, DataType = CellValues.Boolean, CellValue = new(truth ? "1" : "0") },
        Error error => new() { CellReference = reference, DataType = CellValues.Error, CellFormula = new("NA()"), CellValue = new(error.Text) },
        Formula formula => new() { CellReference = reference, CellFormula = new(formula.Text), CellValue = new(Text(formula.Cached)) },
        DateTime instant => new() { CellReference = reference, StyleIndex = 1, CellValue = new(Text(instant.ToOADate())) },
        _ => new() { CellReference = reference, CellValue = new(Text(Convert.ToDouble(value, CultureInfo.InvariantCulture))) },
    };

    static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Style 1 shows a number as a date and time.</summary>
    static Stylesheet Styles() => new(
        new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()), new CellStyleFormats(new CellFormat()),
        new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 22, ApplyNumberFormat = true }));
}
