using Warehouse.Measures;
using Warehouse.Models;
using Warehouse.Wording;

namespace Warehouse.Reports;

/// <summary>The reports of <c>sql/reports/</c>.</summary>
public sealed class ReportFolder
{
    ReportFolder(IReadOnlyList<Report> reports) => Reports = reports;

    /// <summary>In alphabetical order.</summary>
    public IReadOnlyList<Report> Reports { get; }

    /// <exception cref="ReportException">A header is not in order.</exception>
    public static ReportFolder Load(string? root = null) => new(
        [.. Directory.EnumerateFiles(Path.Combine(root ?? ModelFolder.Shipped, "reports"), "*.sql").Order(StringComparer.Ordinal).Select(path => Report.Parse(path, File.ReadAllText(path)))]);

    /// <exception cref="CatalogException">There is no such report; the message names the nearest one.</exception>
    public Report Find(string name) => Reports.FirstOrDefault(report => report.Name == name)
        ?? throw new CatalogException($"there is no report '{name}'; {Nearest.Hint(name, Reports.Select(report => report.Name))}");
}
