using System.Data.Common;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Warehouse.Measures;
using Warehouse.Reports;

namespace Etl.Commands;

/// <summary>Tables as a person, a spreadsheet or a program reads them.</summary>
static class Output
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    public static async Task WriteAsync(DbDataReader reader, string format, TextWriter to, CancellationToken cancel)
    {
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(cancel)) rows.Add([.. Enumerable.Range(0, names.Count).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        Write(names, rows, format, to);
    }

    public static void Write(MeasureTable table, string format, TextWriter to)
    {
        if (format == "table") to.WriteLine(Heading(table));
        var names = table.By.Select(dimension => dimension.Name).Concat(table.Measures.SelectMany(measure => Names(measure, format))).ToList();
        var rows = table.Rows.Select(row => row.By.Cast<object?>().Concat(row.Values.SelectMany((value, i) => Values(value, table.Measures[i], format))).ToArray()).ToList();
        Write(names, rows, format, to);
    }

    public static void Write(ReportTable table, string format, TextWriter to)
    {
        if (format == "table") to.WriteLine(Heading(table));
        var names = table.Columns.SelectMany(column => column.IsRate && format != "table" ? [column.Name, .. column.ResultNames] : (string[])[column.Name]).ToList();
        var rows = table.Rows.Select(row => row.SelectMany(value => value is MeasureValue rate ? Rate(rate, format) : [value]).ToArray()).ToList();
        Write(names, rows, format, to);
    }

    /// <summary>The title, and below it what every parameter was, because a figure means nothing without them.</summary>
    static string Heading(ReportTable table)
    {
        var values = table.Parameters.Where(each => each.Value is not "").Select(each => FormattableString.Invariant($"{each.Parameter.Name} {Text(each.Value)}"));
        return $"{table.Report.Title} · {table.Report.TitleEn}\n{string.Join("; ", values)}";
    }

    static string Heading(MeasureTable table)
    {
        // A window is one of assignment; of measures of what happened, one of those days.
        var of = !table.Windows.Contains("assigned_date") ? "happened" : table.Windows.Count > 1 ? "assigned or happened" : "assigned";
        var window = (table.From, table.To) switch
        {
            (null, null) => "",
            ({ } from, null) => FormattableString.Invariant($", {of} from {from:yyyy-MM-dd}"),
            (null, { } to) => FormattableString.Invariant($", {of} to {to:yyyy-MM-dd}"),
            ({ } from, { } to) => FormattableString.Invariant($", {of} {from:yyyy-MM-dd} to {to:yyyy-MM-dd}"),
        };
        var known = table.KnownAt is { } day ? FormattableString.Invariant($", as extracts up to {day:yyyy-MM-dd} had told it") : "";
        return FormattableString.Invariant($"as of the end of {table.AsOf:yyyy-MM-dd}{known}{window}, view {table.View.Word()}");
    }

    /// <summary>A rate comes with its numerator and denominator: in columns of their own, or for people behind it.</summary>
    static IEnumerable<string> Names(Measure measure, string format) => measure.Kind == MeasureKind.Rate && format != "table"
        ? [measure.Name, measure.Name + "_numerator", measure.Name + "_denominator"]
        : [measure.Name];

    static IEnumerable<object?> Values(MeasureValue value, Measure measure, string format)
    {
        if (measure.Kind != MeasureKind.Rate) return [value.IsNone ? null : value.Count];
        return Rate(value, format);
    }

    static object?[] Rate(MeasureValue value, string format)
    {
        if (format == "table") return [FormattableString.Invariant($"{(value.Value is { } rate ? rate.ToString("P1", CultureInfo.InvariantCulture) : "–")} ({value.Count}/{value.Base})")];
        return [value.Value is { } share ? Math.Round(share, 6) : null, value.Count, value.Base];
    }

    public static void Write(IReadOnlyList<string> names, List<object?[]> rows, string format, TextWriter to)
    {
        if (format == "csv") WriteCsv(names, rows, to);
        else if (format == "json") WriteJson(names, rows, to);
        else WriteTable(names, rows, to);
    }

    static void WriteCsv(IReadOnlyList<string> names, List<object?[]> rows, TextWriter to)
    {
        static string Field(string text) => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        to.WriteLine(string.Join(',', names.Select(Field)));
        foreach (var row in rows) to.WriteLine(string.Join(',', row.Select(value => Field(Text(value)))));
    }

    static void WriteJson(IReadOnlyList<string> names, List<object?[]> rows, TextWriter to)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < names.Count; i++)
                {
                    json.WritePropertyName(names[i]);
                    if (row[i] is null) json.WriteNullValue();
                    else if (row[i] is long or int or short or double or decimal) json.WriteRawValue(Text(row[i]));
                    else json.WriteStringValue(Text(row[i]));
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        to.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    static void WriteTable(IReadOnlyList<string> names, List<object?[]> rows, TextWriter to)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < names.Count; i++)
        {
            var column = new TableColumn(Markup.Escape(names[i])).NoWrap();
            table.AddColumn(rows.Any(row => row[i] is long or int or short or double or decimal) ? column.RightAligned() : column);
        }
        foreach (var row in rows) table.AddRow([.. row.Select(value => Markup.Escape(Text(value)))]);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(to) });
        if (Console.IsOutputRedirected) console.Profile.Width = 1000;
        console.Write(table);
        to.WriteLine(rows.Count == 1 ? "1 row" : FormattableString.Invariant($"{rows.Count:N0} rows"));
    }

    static string Text(object? value) => value switch
    {
        null => "",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "1" : "0",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
