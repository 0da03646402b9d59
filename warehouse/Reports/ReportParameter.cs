using System.Globalization;
using System.Text.RegularExpressions;
using Warehouse.Measures;
using Warehouse.Wording;

namespace Warehouse.Reports;

/// <summary>What the value of a parameter is.</summary>
public enum ParameterType
{
    /// <summary>A day, yyyy-MM-dd.</summary>
    Day,
    /// <summary>A whole number: a count, or percent.</summary>
    Whole,
    /// <summary>Code or name of a province; empty means every one.</summary>
    Province,
    /// <summary>Code or name of an agency; empty means every one.</summary>
    Agency,
    /// <summary>One of a few words.</summary>
    Choice,
}

/// <summary>An input of a report. It always has a value, so that a report never has to ask whether there is one.</summary>
/// <param name="Default">As text; of a day also <c>newest</c> (the newest extract) or the name of a parameter before it.</param>
/// <param name="Choices">Of a choice: the words.</param>
/// <param name="About">What it means, in English.</param>
public sealed partial record ReportParameter(string Name, ParameterType Type, string Default, IReadOnlyList<string> Choices, string About)
{
    /// <summary>The default of a day: that of the newest extract of tasks.</summary>
    public const string Newest = "newest";

    /// <summary>Reads <c>parameter as_of: day = newest | State at the end of this day</c>.</summary>
    /// <exception cref="ReportException">The line is not in this form.</exception>
    public static ReportParameter Parse(string path, string line)
    {
        var match = Form().Match(line);
        if (!match.Success) throw new ReportException($"{path}: '-- {line}' must read '-- parameter NAME: TYPE = DEFAULT | what it means'");
        var (type, choices) = match.Groups["type"].Value.Trim() switch
        {
            "day" => (ParameterType.Day, (string[])[]),
            "whole" => (ParameterType.Whole, []),
            "province" => (ParameterType.Province, []),
            "agency" => (ParameterType.Agency, []),
            var words => (ParameterType.Choice, words.Split('/', StringSplitOptions.TrimEntries)),
        };
        return new(match.Groups["name"].Value, type, match.Groups["default"].Value.Trim(), choices, match.Groups["about"].Value.Trim());
    }

    /// <summary>The value that a text gives: a <see cref="DateOnly"/>, a <see cref="long"/> or a <see cref="string"/>.</summary>
    /// <exception cref="CatalogException">The text is no such value.</exception>
    public object Read(string text) => Type switch
    {
        ParameterType.Day when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        ParameterType.Day => throw new CatalogException($"'{text}' is not a day for {Name}; write yyyy-MM-dd"),
        ParameterType.Whole when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        ParameterType.Whole => throw new CatalogException($"'{text}' is not a whole number for {Name}"),
        ParameterType.Choice when !Choices.Contains(text) => throw new CatalogException($"'{text}' is no {Name}; {Nearest.Hint(text, Choices)}"),
        _ => text,
    };

    [GeneratedRegex(@"^parameter (?<name>\w+): (?<type>[\w /]+?) =(?<default>[^|]*)\| (?<about>.+)$")]
    private static partial Regex Form();
}
