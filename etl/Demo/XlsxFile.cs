using System.Buffers.Binary;
using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Etl.Demo;

/// <summary>A sheet to write; a cell is a text, a whole number, a date (written as a serial) or nothing.</summary>
sealed record XlsxSheet(string Name, bool Hidden, IReadOnlyList<object?[]> Rows);

/// <summary>Writes workbooks row by row, the same bytes for the same cells.</summary>
static class XlsxFile
{
    const uint General = 0, AsDate = 1;
    static readonly DateOnly SerialZero = new(1899, 12, 30);

    /// <param name="formatDates">Whether date cells look like dates; without it they show their serial number.</param>
    public static void Write(string path, IReadOnlyList<XlsxSheet> sheets, bool formatDates)
    {
        using var memory = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(memory, SpreadsheetDocumentType.Workbook))
        {
            // Identifiers are given here because the library would draw them by chance.
            var book = document.AddNewPart<WorkbookPart>("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "rId1");
            var texts = new Dictionary<string, int>(StringComparer.Ordinal);
            var list = new Sheets();
            for (var i = 0; i < sheets.Count; i++)
            {
                var part = book.AddNewPart<WorksheetPart>($"rId{i + 10}");
                WriteSheet(part, sheets[i], texts, formatDates ? AsDate : General);
                var sheet = new Sheet { Name = sheets[i].Name, SheetId = (uint)(i + 1), Id = $"rId{i + 10}" };
                if (sheets[i].Hidden) sheet.State = SheetStateValues.Hidden;
                list.Append(sheet);
            }
            book.Workbook = new Workbook(list);
            book.AddNewPart<WorkbookStylesPart>("rId2").Stylesheet = Styles();
            WriteTexts(book.AddNewPart<SharedStringTablePart>("rId3"), texts);
        }
        var bytes = memory.ToArray();
        ForgetTimes(bytes);
        File.WriteAllBytes(path, bytes);
    }

    static void WriteSheet(WorksheetPart part, XlsxSheet sheet, Dictionary<string, int> texts, uint dateStyle)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteStartElement(new SheetData());
        var attributes = new List<OpenXmlAttribute>(3);
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            attributes.Clear();
            attributes.Add(new OpenXmlAttribute("r", "", (row + 1).ToString(CultureInfo.InvariantCulture)));
            writer.WriteStartElement(new Row(), attributes);
            var cells = sheet.Rows[row];
            for (var column = 0; column < cells.Length; column++)
                if (cells[column] is { } value and not "") WriteCell(writer, attributes, $"{Letter(column)}{row + 1}", value, texts, dateStyle);
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    static void WriteCell(OpenXmlWriter writer, List<OpenXmlAttribute> attributes, string reference, object value, Dictionary<string, int> texts, uint dateStyle)
    {
        attributes.Clear();
        attributes.Add(new OpenXmlAttribute("r", "", reference));
        string written;
        if (value is string text)
        {
            attributes.Add(new OpenXmlAttribute("t", "", "s"));
            if (!texts.TryGetValue(text, out var index)) texts[text] = index = texts.Count;
            written = index.ToString(CultureInfo.InvariantCulture);
        }
        else if (value is DateOnly day)
        {
            if (dateStyle != General) attributes.Add(new OpenXmlAttribute("s", "", dateStyle.ToString(CultureInfo.InvariantCulture)));
            written = (day.DayNumber - SerialZero.DayNumber).ToString(CultureInfo.InvariantCulture);
        }
        else written = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        writer.WriteStartElement(new Cell(), attributes);
        writer.WriteElement(new CellValue(written));
        writer.WriteEndElement();
    }

    static void WriteTexts(SharedStringTablePart part, Dictionary<string, int> texts)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new SharedStringTable());
        foreach (var text in texts.OrderBy(text => text.Value)) writer.WriteElement(new SharedStringItem(new Text(text.Key) { Space = SpaceProcessingModeValues.Preserve }));
        writer.WriteEndElement();
    }

    static Stylesheet Styles() => new(
        new Fonts(new Font()), new Fills(new Fill(new PatternFill { PatternType = PatternValues.None })), new Borders(new Border()),
        new CellStyleFormats(new CellFormat()), new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14, ApplyNumberFormat = true }));

    static string Letter(int column) => column < 26 ? ((char)('A' + column)).ToString() : $"A{(char)('A' + column - 26)}";

    /// <summary>Sets the time of every entry of the archive to its zero (1 January 1980), in the central directory and in the local headers.</summary>
    static void ForgetTimes(Span<byte> zip)
    {
        const uint entry = 0x02014B50, end = 0x06054B50, zero = 0x00210000;
        var tail = zip.Length - 22;
        while (BinaryPrimitives.ReadUInt32LittleEndian(zip[tail..]) != end) tail--;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(zip[(tail + 10)..]);
        var at = (int)BinaryPrimitives.ReadUInt32LittleEndian(zip[(tail + 16)..]);
        for (var i = 0; i < count && BinaryPrimitives.ReadUInt32LittleEndian(zip[at..]) == entry; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(zip[(at + 12)..], zero);
            var local = (int)BinaryPrimitives.ReadUInt32LittleEndian(zip[(at + 42)..]);
            BinaryPrimitives.WriteUInt32LittleEndian(zip[(local + 10)..], zero);
            at += 46 + BinaryPrimitives.ReadUInt16LittleEndian(zip[(at + 28)..]) + BinaryPrimitives.ReadUInt16LittleEndian(zip[(at + 30)..])
                + BinaryPrimitives.ReadUInt16LittleEndian(zip[(at + 32)..]);
        }
    }
}
