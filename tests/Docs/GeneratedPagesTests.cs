using System.Text;
using System.Text.RegularExpressions;
using Tests.Architecture;
using Warehouse.Measures;
using Warehouse.Models;
using Xunit;

namespace Tests.Docs;

/// <summary>docs/tables.md and docs/measures.md say what the headers of sql/ and the catalogue say, word for word.</summary>
public sealed partial class GeneratedPagesTests
{
    static readonly ModelFolder Models = ModelFolder.Load();

    [Fact]
    public void Tables_page_names_every_table_by_what_one_row_is() => Page.AssertIs("docs/tables.md", Tables());

    [Fact]
    public void Measures_page_names_every_measure_and_dimension() => Page.AssertIs("docs/measures.md", Measures(MeasureCatalog.Load()));

    [Fact]
    public void Tables_in_the_README_are_described_as_in_their_headers() =>
        Assert.All(Page.Readme.Table("table"), row => Assert.Equal(Models.Find(Page.Quoted(row[0]).Single())?.About, $"One row per {row[1]}"));

    [Fact]
    public void Every_raw_table_has_a_summary_that_the_page_quotes() =>
        Assert.Equal(Warehouse.Raw.RawTables.All.Select(table => table.Name).Order(StringComparer.Ordinal), RawTables().Select(table => table.Name).Order(StringComparer.Ordinal));

    static string Tables()
    {
        var page = new StringBuilder("""
            # Tables

            What one row of each table is, as the header of its model says (`sql/LAYER/NAME.sql` is `LAYER.NAME`) or, of raw tables, the code.
            `./analytics sql` reads all of them. Codes are lower-case words, `*_key` a number that depends on the business key alone, flags are 0 or 1,
            `*_date` is a day, `*_at` an instant in UTC; `valid_from <= day < valid_to`, the open end being 9999-12-31. Key 0 is "unknown".

            """);
        Dictionary<string, string> layers = new()
        {
            ["analytics"] = "for questions and pages", ["warehouse"] = "the star schema: dimensions, facts and bridges", ["staging"] = "raw, de-duplicated and in the form the warehouse needs",
        };
        foreach (var (layer, about) in layers)
        {
            page.Append($"\n## {layer}: {about}\n\n| table | stored | key | what it is |\n|---|---|---|---|\n");
            foreach (var model in Models.Models.Where(model => model.Layer == layer).OrderBy(model => model.Name, StringComparer.Ordinal))
                page.Append($"| `{model.FullName}` | {Words(model.Kind)} | {string.Join(", ", model.Key.Select(column => $"`{column}`"))} | {Cell(model.About)} |\n");
        }
        page.Append("\n## raw: typed, checked rows as received\n\n| table | what it is |\n|---|---|\n");
        foreach (var (name, about) in RawTables().OrderBy(table => table.Name, StringComparer.Ordinal)) page.Append($"| `raw.{name}` | {Cell(about)} |\n");
        return page.ToString();
    }

    static string Measures(MeasureCatalog catalog)
    {
        var page = new StringBuilder($"""
            # Measures

            Every number, as `sql/measures/tasks.yml` defines it: counts of tasks in `{catalog.Table}` as they stood at the end of the day asked for, and
            measures of what happened. Only the lead agency is counted, sub-tasks count with their parent, and tasks withdrawn by that day are in no rate.
            `--from` and `--to` are the window of assignment; of what happened, the window of its days. A percentile is the smallest number of days that
            so many percent do not exceed.

            ## Tasks as they stood

            | name | label | what it is | is |
            |---|---|---|---|

            """);
        foreach (var fact in catalog.Facts)
        {
            if (fact.Name != MeasureFact.State) page.Append($"\n## From `{fact.Table}`\n\n{Days(fact)}\n\n| name | label | what it is | is |\n|---|---|---|---|\n");
            foreach (var measure in catalog.Measures.Where(measure => measure.Kind != MeasureKind.Rate && catalog.FactOf(catalog.Measure(catalog.Counts(measure.Name).First())) == fact))
                page.Append($"| `{measure.Name}` | {measure.Label} · {measure.LabelEn} | {Cell(measure.AboutEn)} | {Definition(measure)} |\n");
        }
        page.Append("\n## Rates\n\n| name | label | what it is | is |\n|---|---|---|---|\n");
        foreach (var measure in catalog.Measures.Where(measure => measure.Kind == MeasureKind.Rate))
            page.Append($"| `{measure.Name}` | {measure.Label} · {measure.LabelEn} | {Cell(measure.AboutEn)} | {Sum(measure.Parts)} ÷ {(measure.Base.Count > 1 ? $"({Sum(measure.Base)})" : Sum(measure.Base))} |\n");
        page.Append("\n## Dimensions\n\nFor `--by` and `--where`.\n\n| name | label |\n|---|---|\n");
        foreach (var dimension in catalog.Dimensions) page.Append($"| `{dimension.Name}` | {dimension.Label} · {dimension.LabelEn} |\n");
        return page.ToString();
    }

    static string Definition(Measure measure) => measure.Kind switch
    {
        MeasureKind.Sum => Sum(measure.Parts),
        MeasureKind.Total => $"sum of `{Cell(measure.Amount)}`{Where(measure)}",
        MeasureKind.Percentile => $"{measure.Percent} % of `{Cell(measure.Amount)}`{Where(measure)}",
        _ => $"`{Cell(measure.Condition)}`",
    };

    static string Where(Measure measure) => measure.Condition.Length > 0 ? $" where `{Cell(measure.Condition)}`" : "";

    /// <summary>What a window is of, and how the measures can be split.</summary>
    static string Days(MeasureFact fact) =>
        $"Window: `{fact.Window}`. {(fact.Dimensions.Count > 0 ? $"By {string.Join(", ", fact.Dimensions.Select(name => $"`{name}`"))}" : "By every dimension but `month` and `year`")}{(fact.Needs.Length > 0 ? $"; always by `{fact.Needs}`" : "")}.";

    static string Sum(IEnumerable<string> parts) => string.Join(" + ", parts.Select(part => $"`{part}`"));

    static string Words(ModelKind kind) => kind switch { ModelKind.View => "view", ModelKind.Step => "step", _ => "table" };

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    static IEnumerable<(string Name, string About)> RawTables() => Repository.Files("warehouse/Raw", "*Tables.cs")
        .SelectMany(path => RawTable().Matches(Repository.Read(path)))
        .Select(match => (match.Groups["name"].Value, Plain(match.Groups["about"].Value)));

    /// <summary>A summary as a sentence of the page: on one line, code and references in backticks.</summary>
    static string Plain(string summary) => Tag().Replace(Reference().Replace(Break().Replace(summary, " "), match => $"`raw.{Snake().Replace(match.Groups["field"].Value, "_").ToLowerInvariant()}`"), "`").Trim();

    [GeneratedRegex(@"/// <summary>(?<about>(?:(?!</summary>)[\s\S])+)</summary>\n    (?:public|internal) static readonly TableShape \w+ = (?:RawTables\.)?Shape\(\s*""(?<name>\w+)""")]
    private static partial Regex RawTable();

    [GeneratedRegex(@"\s*\n\s*///\s*")]
    private static partial Regex Break();

    [GeneratedRegex(@"<see cref=""(?<field>\w+)""/>")]
    private static partial Regex Reference();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Snake();

    [GeneratedRegex("</?c>")]
    private static partial Regex Tag();
}
