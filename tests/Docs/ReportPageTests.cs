using System.Text;
using Tests.Architecture;
using Warehouse.Reports;
using Xunit;

namespace Tests.Docs;

/// <summary>docs/reports.md says what the headers of sql/reports/ say, word for word, and every report has cases.</summary>
public sealed class ReportPageTests
{
    static readonly ReportFolder Reports = ReportFolder.Load();

    [Fact]
    public void Reports_page_names_every_report_with_its_parameters() => Page.AssertIs("docs/reports.md", Text());

    [Fact]
    public void Every_report_has_a_page_of_cases_beside_it() =>
        Assert.Equal(Reports.Reports.Select(report => $"sql/reports/{report.Name}.cases.md"), Repository.Files("sql/reports", "*.cases.md").Order(StringComparer.Ordinal));

    static string Text()
    {
        var page = new StringBuilder("""
            # Reports

            Lists and tables that depend on a day, each one SELECT of `sql/reports/` with named parameters: `./analytics report NAME --as-of DAY`.
            Parameters without an option of their own are given as `--set NAME=VALUE`. The heading of an answer tells the value of each.
            The figures are those of [measures](measures.md), quoted by name.

            """);
        foreach (var report in Reports.Reports)
        {
            page.Append($"\n## {report.Name}\n\n{report.Title} · {report.TitleEn}\n\n{report.About}\n\n| parameter | is | unless given | means |\n|---|---|---|---|\n");
            foreach (var parameter in report.Parameters)
                page.Append($"| `{parameter.Name}` | {Words(parameter)} | {Default(parameter)} | {parameter.About} |\n");
        }
        return page.ToString();
    }

    static string Words(ReportParameter parameter) => parameter.Type switch
    {
        ParameterType.Day => "day",
        ParameterType.Whole => "whole number",
        ParameterType.Choice => string.Join(", ", parameter.Choices.Select(word => $"`{word}`")),
        _ => "name or code",
    };

    static string Default(ReportParameter parameter) => parameter.Default switch
    {
        "" => "every one",
        ReportParameter.Newest => "the newest extract",
        var text => $"`{text}`",
    };
}
