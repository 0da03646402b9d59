using System.Data.Common;
using System.Diagnostics;
using Warehouse.Engines;
using Warehouse.Models.Increments;

namespace Warehouse.Models;

/// <summary>What was built, for the progress shown and the run log.</summary>
/// <param name="Rows">Of the whole table; null for a view, and where only the rows of some tasks were replaced.</param>
public sealed record BuiltModel(Model Model, long? Rows, TimeSpan Elapsed);

/// <summary>
/// Builds the models into the workspace by their kind; stops at the first failure, naming file and model. After loads that
/// changed some tasks only what follows from these is built.
/// </summary>
public sealed class Builder(ModelFolder folder, TimeProvider time)
{
    /// <summary>Above this share of all tasks changed, building everything is as fast.</summary>
    public double MostOfAll { get; init; } = 0.25;

    /// <summary>Told why everything is built although that was not asked for.</summary>
    public Action<string>? Why { get; init; }

    /// <summary>Told what a build does besides, that takes its time.</summary>
    public Action<string>? Tells { get; init; }

    /// <summary>How many deliveries of tasks, with their events, are built at once where there are more: this bounds the memory that a build needs, whatever there is.</summary>
    public long ChunkRows { get; init; } = 800_000;

    /// <summary>How many changed tasks are replaced at once, for the same reason.</summary>
    public long SliceTasks { get; init; } = 200_000;

    /// <summary>Share of the engine's memory that rows struck out all over the tables may take before these are written anew; what is left is enough for a slice.</summary>
    public double MostForStruckOut { get; init; } = 0.7;

    /// <summary>Builds what is new of raw, or everything where that is not enough.</summary>
    /// <param name="whole">True drops the built layers of the slot and builds all of them from raw.</param>
    /// <exception cref="ModelException">A model could not be built.</exception>
    public async Task<IReadOnlyList<BuiltModel>> BuildAsync(Workspace workspace, bool whole, Action<BuiltModel>? built, CancellationToken cancel)
    {
        var (results, plan) = (new List<BuiltModel>(), IncrementPlan.Of(folder));
        if (!whole)
        {
            await CopyPublishedAsync(workspace, cancel);
            try
            {
                if (await new Increment(folder, plan, workspace, NoteAsync, Tells).TryAsync(MostOfAll, SliceTasks, MostForStruckOut, cancel) is not { } reason) return Summed(results);
                Why?.Invoke(reason);
            }
            catch (ModelException error) when (workspace.WasShortOfMemory(error))
            {
                // Chunk by chunk needs less than replacing rows in long tables.
                Why?.Invoke($"the engine had not memory enough to replace rows: {error.Message.ReplaceLineEndings(" ")}");
            }
        }
        results.Clear();
        await RecreateLayersAsync(workspace, cancel);
        foreach (var table in Raw.RawTables.All) await workspace.RefreshStatisticsAsync(table.FullName, cancel);
        if (await DeliveriesAtOnceAsync(workspace, cancel) is { } deliveries) await new ChunkedBuild(folder, plan, workspace, BuildAsync, NoteAsync).RunAsync(deliveries, cancel);
        else foreach (var model in folder.Models) await BuildAsync(model);
        foreach (var model in folder.Models.Where(model => model.Kind == ModelKind.Step)) await workspace.RunAsync($"drop table {model.FullName}", cancel: cancel);
        await BuildLedger.NoteWholeAsync(workspace, folder, cancel);
        return Summed(results);

        async Task BuildAsync(Model model) => Note(await this.BuildAsync(workspace, model, cancel));

        async Task NoteAsync(Model model, Func<Task> work)
        {
            var start = time.GetTimestamp();
            await GuardAsync(model, work);
            Note(new(model, null, time.GetElapsedTime(start)));
        }

        void Note(BuiltModel result)
        {
            results.Add(result);
            built?.Invoke(result);
        }
    }

    /// <summary>Removes what the checks of a slice needed.</summary>
    public static Task TidyAsync(Workspace workspace, CancellationToken cancel) => Increment.DropSliceAsync(workspace, cancel);

    /// <summary>How many deliveries make a chunk, by how many events there are for each; null where all can be built at once.</summary>
    async Task<long?> DeliveriesAtOnceAsync(Workspace workspace, CancellationToken cancel)
    {
        var tasks = await workspace.ReadValueAsync<long>("select count(*) from raw.task", cancel: cancel);
        var told = tasks + await workspace.ReadValueAsync<long>("select count(*) from raw.task_event", cancel: cancel);
        return told > ChunkRows && tasks > 0 ? Math.Max(1, ChunkRows * tasks / told) : null;
    }

    /// <summary>A model that was built in several steps is one result.</summary>
    static List<BuiltModel> Summed(List<BuiltModel> steps) =>
        [.. steps.GroupBy(step => step.Model).Select(model => new BuiltModel(model.Key, model.Last().Rows, model.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Elapsed)))];

    async Task<BuiltModel> BuildAsync(Workspace workspace, Model model, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        long? rows = null;
        await GuardAsync(model, async () =>
        {
            switch (model.Kind)
            {
                case ModelKind.View:
                    await workspace.RunAsync($"create view {model.FullName} as\n{model.Sql}", cancel: cancel);
                    return;
                case ModelKind.Table or ModelKind.Step:
                    await workspace.RunAsync($"create table {model.FullName} as\n{model.InOrder(model.Sql, workspace)}", cancel: cancel);
                    break;
                case ModelKind.Replay:
                    await new Replay(folder, model).RunAsync(workspace, cancel);
                    break;
                default:
                    throw new UnreachableException();
            }
            await FinishAsync(workspace, model, cancel);
            rows = await workspace.ReadValueAsync<long>($"select count(*) from {model.FullName}", cancel: cancel);
        });
        if (rows is not null) workspace.Milestones.Reach(Milestone.TableBuilt);
        return new(model, rows, time.GetElapsedTime(start));
    }

    /// <summary>
    /// A slot that was not built to its end by these models gets what the published one holds, where that is beside it and was: to copy a table takes a part
    /// of the time that building it takes. So it is after the first load, after models changed, and after a build that was cut short.
    /// </summary>
    async Task CopyPublishedAsync(Workspace workspace, CancellationToken cancel)
    {
        if (workspace.PublishedBeside is not { } published || await BuildLedger.IsBuiltByAsync(workspace, folder, cancel) || !await BuildLedger.IsBuiltByAsync(published, folder, cancel)) return;
        Tells?.Invoke("the published state is copied: its neighbour was not built by these models, or not to the end");
        await RecreateLayersAsync(workspace, cancel);
        foreach (var model in folder.Models.Where(model => model.Kind != ModelKind.Step)) await GuardAsync(model, () => CopyAsync(workspace, published, model, cancel));
        await BuildLedger.CopyAsync(workspace, published, cancel);
    }

    static async Task CopyAsync(Workspace workspace, Session published, Model model, CancellationToken cancel)
    {
        if (model.Kind == ModelKind.View)
        {
            await workspace.RunAsync($"create view {model.FullName} as\n{model.Sql}", cancel: cancel);
            return;
        }
        await workspace.RunAsync($"create table {model.FullName} as select * from {published.Physical(model.FullName)}", cancel: cancel);
        await FinishAsync(workspace, model, cancel);
        workspace.Milestones.Reach(Milestone.TableBuilt);
    }

    static async Task FinishAsync(Workspace workspace, Model model, CancellationToken cancel)
    {
        if (model.Slice is not (null or Model.Summed)) await workspace.PrepareForSlicesAsync(model.FullName, model.Slice, cancel);
        await workspace.RefreshStatisticsAsync(model.FullName, cancel);
    }

    static async Task GuardAsync(Model model, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (DbException error)
        {
            throw new ModelException($"{model.Path}: {model.FullName} could not be built: {error.Message}", error);
        }
    }

    static async Task RecreateLayersAsync(Workspace workspace, CancellationToken cancel)
    {
        await Increment.DropSliceAsync(workspace, cancel);
        await workspace.EmptyAsync(cancel);
        workspace.Milestones.Reach(Milestone.LayersEmptied);
        await BuildLedger.CreateAsync(workspace, cancel);
    }
}
