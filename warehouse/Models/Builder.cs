using System.Data.Common;
using System.Diagnostics;
using Warehouse.Engines;

namespace Warehouse.Models;

/// <summary>What was built, for the progress shown and the run log.</summary>
public sealed record BuiltModel(Model Model, long? Rows, TimeSpan Elapsed);

/// <summary>Builds every model into the workspace by its kind; stops at the first failure, naming file and model.</summary>
public sealed class Builder(ModelFolder folder, TimeProvider time)
{
    /// <summary>Drops the built layers of the slot and builds them from raw.</summary>
    /// <exception cref="ModelException">A model could not be built.</exception>
    public async Task<IReadOnlyList<BuiltModel>> BuildAsync(Workspace workspace, Action<BuiltModel>? built, CancellationToken cancel)
    {
        await RecreateLayersAsync(workspace, cancel);
        foreach (var table in Raw.RawTables.All) await workspace.RefreshStatisticsAsync(table.FullName, cancel);
        var results = new List<BuiltModel>();
        foreach (var model in folder.Models)
        {
            var result = await BuildAsync(workspace, model, cancel);
            results.Add(result);
            built?.Invoke(result);
        }
        return results;
    }

    async Task<BuiltModel> BuildAsync(Workspace workspace, Model model, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        try
        {
            switch (model.Kind)
            {
                case ModelKind.View:
                    await workspace.RunAsync($"create view {model.FullName} as\n{model.Sql}", cancel: cancel);
                    return new(model, null, time.GetElapsedTime(start));
                case ModelKind.Table:
                    await workspace.RunAsync($"create table {model.FullName} as\n{model.Sql}", cancel: cancel);
                    break;
                case ModelKind.Replay:
                    await new Replay(folder, model).RunAsync(workspace, cancel);
                    break;
                default:
                    throw new UnreachableException();
            }
            await workspace.RefreshStatisticsAsync(model.FullName, cancel);
            var rows = await workspace.ReadValueAsync<long>($"select count(*) from {model.FullName}", cancel: cancel);
            return new(model, rows, time.GetElapsedTime(start));
        }
        catch (DbException error)
        {
            throw new ModelException($"{model.Path}: {model.FullName} could not be built: {error.Message}", error);
        }
    }

    static async Task RecreateLayersAsync(Workspace workspace, CancellationToken cancel)
    {
        foreach (var layer in Schema.BuiltLayers.Reverse())
            await workspace.RunAsync($"drop schema if exists {workspace.PhysicalLayer(layer)} cascade", cancel: cancel);
        foreach (var layer in Schema.BuiltLayers)
            await workspace.RunAsync($"create schema {workspace.PhysicalLayer(layer)}", cancel: cancel);
    }
}
