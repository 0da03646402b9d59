using Warehouse.Measures;
using Warehouse.Models;
using Warehouse.Reports;

namespace Reports.Pages;

/// <summary>What pages ask with, the same for every request.</summary>
/// <param name="Models">For lineage: which model reads which.</param>
/// <param name="Home">Folder of the warehouse, where corrections are left for the next load.</param>
public sealed record PageTools(MeasureCatalog Catalog, ReportQuery Reports, ReportFolder ReportFolder, ModelFolder Models, Targets Targets, string Home);
