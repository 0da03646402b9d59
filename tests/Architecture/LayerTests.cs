using System.Text.RegularExpressions;
using Warehouse.Models;
using Warehouse.Reports;
using Xunit;

namespace Tests.Architecture;

/// <summary>Stages meet only in tables, and each layer reads only what comes before it.</summary>
public sealed partial class LayerTests
{
    static readonly Dictionary<string, string[]> MayRead = new()
    {
        ["staging"] = ["raw", "staging"],
        ["warehouse"] = ["raw", "staging", "warehouse"],
        ["analytics"] = ["warehouse", "analytics"],
    };

    [Fact]
    public void Models_read_only_the_layers_before_them()
    {
        var wrong = ModelFolder.Load().Models.SelectMany(model => model.Reads
            .Where(read => !MayRead[model.Layer].Contains(read.Split('.')[0]))
            .Select(read => $"{model.FullName} reads {read}"));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Reports_read_only_the_layers_that_are_for_questions() =>
        Assert.Empty(ReportFolder.Load().Reports.SelectMany(report => report.Reads.Where(read => !MayRead["analytics"].Contains(read.Split('.')[0])).Select(read => $"{report.Name} reads {read}")));

    [Theory]
    [InlineData("warehouse/Warehouse.csproj", "UserTypes")]
    [InlineData("etl/Etl.csproj", "Warehouse")]
    [InlineData("reports/Reports.csproj", "Warehouse")]
    public void Projects_reference_the_warehouse_and_never_each_other(string project, params string[] allowed) =>
        Assert.Subset(allowed.ToHashSet(), Reference().Matches(Repository.Read(project)).Select(match => match.Groups["name"].Value).ToHashSet());

    [Fact]
    public void Only_the_programs_that_ship_are_made_of_other_projects() =>
        Assert.Equal(["etl/Etl.csproj", "reports/Reports.csproj", "tests/Tests.csproj", "warehouse/Engines/SqlServer/UserTypes/UserTypes.csproj", "warehouse/Warehouse.csproj"], Repository.Files("", "*.csproj"));

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?(?<name>\w+)\.csproj""")]
    private static partial Regex Reference();
}
