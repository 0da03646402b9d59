using Warehouse.Models;
using Warehouse.Wording;

namespace Warehouse.Exports;

/// <summary>Which tables of the published state are exported.</summary>
public static class ExportPlan
{
    /// <summary>
    /// Views whose rows stand in no table that is exported: texts, predictions and forecasts, and what only deliveries tell. All other views follow
    /// from tables that are exported, and their SELECT is in the manifest instead.
    /// </summary>
    public static readonly IReadOnlyList<string> Views = ["warehouse.bridge_task_taken_over", "warehouse.fact_backlog_forecast", "warehouse.fact_task_risk", "warehouse.task_text"];

    /// <summary>Views over raw or staging that hold nothing of their own: steps of other models, inputs of the risk model.</summary>
    public static readonly IReadOnlyList<string> LeftOut = ["warehouse.dim_landmark", "warehouse.fact_task_change", "warehouse.task_attribute"];

    /// <summary>All of them, or those that are asked for by name, views included.</summary>
    /// <exception cref="ExportException">There is none of a name.</exception>
    public static IReadOnlyList<Model> Of(ModelFolder folder, IReadOnlyCollection<string> wanted)
    {
        var there = folder.Models.Where(model => model.Layer != "staging" && model.Kind != ModelKind.Step).ToList();
        if (wanted.Count == 0) return [.. there.Where(model => model.Kind != ModelKind.View || Views.Contains(model.FullName))];
        return [.. wanted.Distinct().Select(name => there.Find(model => model.FullName == name)
            ?? throw new ExportException($"there is no table '{name}' to export; {Nearest.Hint(name, [.. there.Select(model => model.FullName)])}"))];
    }

    /// <summary>The views that are not exported although their layers are.</summary>
    public static IEnumerable<Model> ViewsBeside(ModelFolder folder, IReadOnlyList<Model> exported) =>
        folder.Models.Where(model => model.Layer != "staging" && model.Kind == ModelKind.View && !exported.Contains(model));
}

/// <summary>What is to be exported, or where to, is named wrongly.</summary>
public sealed class ExportException(string message) : Exception(message);
