using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Etl.Sources;

/// <summary>
/// The cells of a sheet whose formula failed (#N/A). ExcelDataReader 3.6.0 gives such a cell as an empty one, which would
/// make "no deadline" of a look-up that failed; so the sheet's cells are gone through once more for them. Only .xlsx: the
/// errors of .xls files stay empty.
/// </summary>
static class ErrorCells
{
    /// <summary>Text of each error by row and column, both counted from 0.</summary>
    public static IReadOnlyDictionary<(int Row, int Column), string> Find(Stream workbook, string sheet)
    {
        var errors = new Dictionary<(int, int), string>();
        using var document = SpreadsheetDocument.Open(workbook, isEditable: false);
        var book = document.WorkbookPart;
        if (book?.Workbook.Sheets?.Elements<Sheet>().FirstOrDefault(each => each.Name == sheet)?.Id?.Value is not { } id) return errors;
        using var xml = XmlReader.Create(book.GetPartById(id).GetStream(FileMode.Open, FileAccess.Read));
        var (row, column) = (-1, -1);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "row") (row, column) = (RowOf(xml.GetAttribute("r")) ?? row + 1, -1);
            else if (xml.LocalName == "c")
            {
                column = ColumnOf(xml.GetAttribute("r")) ?? column + 1;
                if (xml.GetAttribute("t") == "e") errors[(row, column)] = ValueOf(xml);
            }
        }
        return errors;
    }

    static int? RowOf(string? number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row - 1 : null;

    static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
            if (char.IsAsciiLetterUpper(letter)) column = column * 26 + letter - 'A' + 1;
        return column == 0 ? null : column - 1;
    }

    static string ValueOf(XmlReader cell)
    {
        using var inner = cell.ReadSubtree();
        return inner.ReadToFollowing("v", cell.NamespaceURI) ? inner.ReadElementContentAsString() : "error";
    }
}
