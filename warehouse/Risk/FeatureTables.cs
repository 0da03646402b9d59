using System.Text.RegularExpressions;
using Warehouse.Engines;
using Warehouse.Models;
using Warehouse.Raw;

namespace Warehouse.Risk;

/// <summary>
/// The feature models, computed for some landmarks: in a build they are views that nobody reads, here each is made a table
/// of its own schema, so that none is computed twice. The same text everywhere, so what is tested is what is served.
/// </summary>
/// <param name="asked">The models that are read; those that lead to them are computed too.</param>
public sealed partial class FeatureTables(ModelFolder folder, IReadOnlyList<string> asked)
{
    const string Prefix = "risk_";

    /// <summary>The models that make up a row, in the order in which their columns stand in it.</summary>
    public static readonly IReadOnlyList<string> Parts = ["analytics.risk_feature_own", "analytics.risk_feature_unit", "analytics.risk_feature_category"];

    /// <summary>For the features and labels of tasks.</summary>
    public FeatureTables(ModelFolder folder) : this(folder, [.. Parts, "analytics.risk_outcome", "analytics.risk_event"])
    {
    }

    /// <summary>Models computed here: all that lead from the landmarks to those that are asked.</summary>
    public IReadOnlyList<Model> Models { get; } =
        [.. folder.For(asked).Models.Where(model => model.FullName is "warehouse.task_attribute" or "warehouse.dim_landmark" || model.Name.StartsWith("risk_", StringComparison.Ordinal) || model.Name.StartsWith("forecast_", StringComparison.Ordinal))];

    /// <summary>Asks for the landmarks and computes every model for them.</summary>
    /// <param name="built">Told of each model when it is there.</param>
    public async Task BuildAsync(Workspace workspace, IEnumerable<DateOnly> landmarks, CancellationToken cancel, Action<Model>? built = null)
    {
        await DropAsync(workspace, cancel);
        await WriteLandmarksAsync(workspace, landmarks, cancel);
        await workspace.RunAsync($"create schema {Prefix}warehouse", cancel: cancel);
        await workspace.RunAsync($"create schema {Prefix}analytics", cancel: cancel);
        foreach (var model in Models)
        {
            await workspace.RunAsync($"create table {Prefix}{model.FullName} as\n{Physical(model.Sql)}", cancel: cancel);
            await workspace.RefreshStatisticsAsync($"{Prefix}{model.FullName}", cancel);
            built?.Invoke(model);
        }
    }

    /// <summary>Forgets the landmarks and what was computed for them.</summary>
    public static async Task DropAsync(Workspace workspace, CancellationToken cancel)
    {
        await workspace.RunAsync($"drop schema if exists {Prefix}analytics cascade", cancel: cancel);
        await workspace.RunAsync($"drop schema if exists {Prefix}warehouse cascade", cancel: cancel);
        await workspace.RunAsync($"delete from {RawTables.Landmark.FullName}", cancel: cancel);
    }

    /// <summary>SQL that names feature models, over the tables made of them.</summary>
    public string Physical(string sql) => Name().Replace(sql, match => Models.Any(model => model.FullName == match.Value) ? Prefix + match.Value : match.Value);

    static async Task WriteLandmarksAsync(Workspace workspace, IEnumerable<DateOnly> landmarks, CancellationToken cancel)
    {
        foreach (var day in landmarks.Distinct().Order())
            await workspace.RunAsync("insert into raw.landmark (landmark_date) values (@day)", new { day = day.ToDateTime(TimeOnly.MinValue) }, cancel);
    }

    [GeneratedRegex(@"\b(?:warehouse|analytics)\.\w+")]
    private static partial Regex Name();
}
