using Reports.Texts;
using Warehouse.Measures;

namespace Reports.Tables;

/// <summary>The rows of a tile: shown as a table beside its chart and written to a file, from the same cells.</summary>
public sealed record DataTable(IReadOnlyList<TableColumn> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>A class of the style sheet for tables that are drawn in their own way, such as a heat table.</summary>
    public string Class { get; init; } = "";
}

/// <param name="Label">The head of the column.</param>
/// <param name="IsNumber">Numbers stand at the right.</param>
/// <param name="InFile">The heads in a file, where one column is several there; else the label.</param>
public sealed record TableColumn(string Label, bool IsNumber = false, IReadOnlyList<string>? InFile = null)
{
    public string Class { get; init; } = "";

    public string? Link { get; init; }

    public bool IsCurrent { get; init; }

    public static TableColumn Text(string label) => new(label);

    public static TableColumn Number(string label) => new(label, true);

    /// <summary>A rate is three columns in a file: its value, its numerator and its denominator.</summary>
    public static TableColumn Rate(string label, Language language) =>
        new(label, true, [label, language.Say("table.numerator", label), language.Say("table.denominator", label)]);
}

/// <param name="IsTotal">Stands below the others.</param>
/// <param name="IsCurrent">It is the one that was picked.</param>
public sealed record TableRow(IReadOnlyList<TableCell> Cells, bool IsTotal = false, bool IsCurrent = false);

/// <param name="Text">As the language writes it.</param>
/// <param name="InFile">What a file has: numbers, days and texts as they are.</param>
public sealed record TableCell(string Text, params object?[] InFile)
{
    /// <summary>A second, quieter line.</summary>
    public string Small { get; init; } = "";

    public string? Link { get; init; }

    /// <summary>One level deeper: the agencies of a province, the tasks of an agency.</summary>
    public string? Drill { get; init; }

    public string Class { get; init; } = "";

    public string? Tip { get; init; }

    /// <summary>For tests and scripts: the part that the number is of.</summary>
    public string? Part { get; init; }

    public long? Count { get; init; }

    /// <summary>The text is one word or number and may stand in bold.</summary>
    public bool IsStrong { get; init; }
}

/// <summary>Makes the cells of one language.</summary>
public sealed class Cells(Language language)
{
    public TableCell Name(string name, string? link = null, string? drill = null) => new(name, name) { Link = link, Drill = drill };

    public TableCell Number(long count) => new(language.Number(count), count) { Count = count };

    /// <summary>A number and the base that it is a part of, quiet below.</summary>
    public TableCell Of(long count, long whole) => new(language.Number(count), count) { Count = count, Small = "/ " + language.Number(whole) };

    public TableCell Part(string part, long count, long whole) =>
        new(language.Number(count), count) { Part = part, Count = count, Small = language.Percent(whole == 0 ? null : (double)count / whole) };

    public TableCell Rate(MeasureValue rate) =>
        new(language.Percent(rate.Value), rate.Value, rate.Count, rate.Base) { Small = rate.Base is { } of ? $"{language.Number(rate.Count)} / {language.Number(of)}" : "" };

    /// <summary>A rate that is judged by a bound.</summary>
    public TableCell Rate(MeasureValue rate, double bound) => Rate(rate) with { Text = language.PercentBeside(rate.Value, bound) };

    public TableCell Day(DateOnly? day) => new(day is { } one ? language.Date(one) : "–", day);

    public TableCell Text(string? text) => new(text is { Length: > 0 } ? text : "–", text);

    public static TableCell Empty => new("", (object?)null);
}
