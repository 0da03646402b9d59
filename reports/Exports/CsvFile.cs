using System.Globalization;
using System.Text;
using Reports.Pages;
using Reports.Tables;

namespace Reports.Exports;

/// <summary>
/// A table as a file that a spreadsheet opens: UTF-8 with its mark, what the page was filtered by above the rows. Vietnamese
/// files have a semicolon between cells and a comma in numbers, as spreadsheets set to Vietnamese expect; English ones a comma and a point.
/// </summary>
public sealed record CsvFile(string Name, byte[] Content)
{
    /// <summary>First characters that a spreadsheet takes for a formula; also after blanks.</summary>
    const string FormulaStarts = "=+-@\t\r＝＋－＠";

    public static CsvFile Of(PageRequest request, PageContent content, Tile tile, DataTable table)
    {
        var language = request.Language;
        var separator = language.IsEnglish ? ',' : ';';
        var text = new StringBuilder();
        void Line(IEnumerable<object?> cells) => text.AppendJoin(separator, cells.Select(cell => Cell(cell, separator, language.IsEnglish))).Append("\r\n");
        Line([language.Say("file.title"), tile.Title]);
        Line([language.Say("file.page"), content.Title]);
        Line([language.Say("file.as_of"), request.AsOf]);
        Line([language.Say("file.filters"), request.View.Described()]);
        Line([language.Say("file.sources"), string.Join("; ", content.Sources.Select(source => source.Shown(language.IsEnglish)))]);
        if (content.Sources.Any(source => source.Generated)) Line([language.Say("file.note"), language.Say("source.generated_view")]);
        Line([language.Say("file.publication"), (long)request.State.Number]);
        Line([language.Say("file.rows"), (long)table.Rows.Count(row => !row.IsTotal)]);
        Line([]);
        Line(table.Columns.SelectMany(column => column.InFile ?? [column.Label.Replace('\n', ' ')]));
        foreach (var row in table.Rows) Line(row.Cells.SelectMany(cell => cell.InFile));
        var name = string.Create(CultureInfo.InvariantCulture, $"{request.Page.Name}-{tile.Id}-{request.AsOf:yyyyMMdd}.csv");
        return new(name, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())]);
    }

    internal static string Cell(object? value, char separator, bool isEnglish) => value switch
    {
        null => "",
        double number => number.ToString("0.######", CultureInfo.InvariantCulture).Replace('.', isEnglish ? '.' : ','),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string text => Quoted(Harmless(text), separator),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A text that would be a formula begins with an apostrophe: it is shown and not run.</summary>
    static string Harmless(string text) => text.TrimStart() is { Length: > 0 } trimmed && (FormulaStarts.Contains(trimmed[0]) || FormulaStarts.Contains(text[0])) ? "'" + text : text;

    static string Quoted(string text, char separator) =>
        text.AsSpan().IndexOfAny([separator, '"', '\n', '\r', ',', ';']) >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
