using System.Globalization;
using System.Text.RegularExpressions;
using Warehouse.Measures;
using Warehouse.Reports;

namespace Tests.Cases;

/// <summary>A measure request as a case writes it: <c>assigned, completed by province where lifecycle=redo from 2023-01-01 to 2023-04-24 as of 2023-04-24</c>.</summary>
static partial class Question
{
    /// <exception cref="CaseException">The sentence is not in this form.</exception>
    public static MeasureRequest Parse(Case one, string text)
    {
        var match = Sentence().Match(text);
        if (!match.Success) throw new CaseException($"{one.Place}: 'measure: {text}' must read 'NAMES [by NAMES] [where CONDITIONS] [from DAY] [to DAY] [view VIEW] [as of DAY] [known at DAY]'");
        return new(
            Names(match.Groups["measures"].Value), Names(match.Groups["by"].Value), Condition.Parse(match.Groups["where"].Value),
            Day(match.Groups["asof"].Value), Day(match.Groups["from"].Value), Day(match.Groups["to"].Value),
            View: match.Groups["view"] is { Success: true } view ? UnitViews.Read(view.Value) ?? throw new CaseException($"{one.Place}: there is no view '{view.Value}'") : UnitView.AsWas) { KnownAt = Day(match.Groups["knownat"].Value) };
    }

    /// <summary>The answer as a table with the expected one's columns.</summary>
    public static CaseTable Answer(MeasureTable answer) => new(
        "", 0, [.. answer.By.Select(dimension => dimension.Name), .. answer.Measures.Select(measure => measure.Name)],
        [.. answer.Rows.Select(row => (IReadOnlyList<string>)[.. row.By.Select(value => value ?? ""), .. row.Values.Select(Shown)])]);

    /// <summary>A report and its parameters: <c>report: scorecard as_of=2021-07-26; province=Đà Nẵng</c>.</summary>
    /// <exception cref="CaseException">A part has no equals sign.</exception>
    public static (Report Report, IReadOnlyDictionary<string, string> Given) Report(Case one, ReportFolder reports, string text)
    {
        var parts = text.Split(' ', 2);
        var given = new Dictionary<string, string>();
        foreach (var part in parts.Skip(1).SelectMany(rest => rest.Split(';', StringSplitOptions.TrimEntries)))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) throw new CaseException($"{one.Place}: 'report: {text}' must read 'NAME PARAMETER=VALUE; PARAMETER=VALUE'");
            given[part[..at]] = part[(at + 1)..];
        }
        return (reports.Find(parts[0]), given);
    }

    /// <summary>The columns that a case compares.</summary>
    public static CaseTable Answer(ReportTable answer, IReadOnlyList<string> columns)
    {
        var places = columns.Select(column => answer.Columns.ToList().FindIndex(each => each.Name == column)).ToList();
        if (places.Contains(-1)) throw new CaseException($"report {answer.Report.Name} has the columns {string.Join(", ", answer.Columns.Select(column => column.Name))}");
        return new("", 0, columns, [.. answer.Rows.Select(row => (IReadOnlyList<string>)[.. places.Select(place => Shown(row[place]))])]);
    }

    static string Shown(object? value) => value switch
    {
        MeasureValue rate => Shown(rate),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A rate as "numerator / denominator", so that no digits are lost.</summary>
    static string Shown(MeasureValue value) => value.IsNone ? "" : value.Base is { } of ? $"{value.Count} / {of}" : value.Count.ToString(CultureInfo.InvariantCulture);

    static List<string> Names(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<measures>[\w, ]+?)( by (?<by>[\w, ]+?))?( where (?<where>.+?))?( from (?<from>\S+))?( to (?<to>\S+))?( view (?<view>\S+))?( as of (?<asof>\S+))?( known at (?<knownat>\S+))?$")]
    private static partial Regex Sentence();
}
