using System.Globalization;
using System.Text.RegularExpressions;
using Warehouse.Measures;

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

    /// <summary>A rate as "numerator / denominator", so that no digits are lost.</summary>
    static string Shown(MeasureValue value) => value.Base is { } of ? $"{value.Count} / {of}" : value.Count.ToString(CultureInfo.InvariantCulture);

    static List<string> Names(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<measures>[\w, ]+?)( by (?<by>[\w, ]+?))?( where (?<where>.+?))?( from (?<from>\S+))?( to (?<to>\S+))?( view (?<view>\S+))?( as of (?<asof>\S+))?( known at (?<knownat>\S+))?$")]
    private static partial Regex Sentence();
}
