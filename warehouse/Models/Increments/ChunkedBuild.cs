using Warehouse.Engines;

namespace Warehouse.Models.Increments;

/// <summary>Builds everything, chunk of tasks by chunk, each in a slice of its own: the models' windows and joins never see more than one.</summary>
/// <param name="build">Builds a model as a whole.</param>
sealed class ChunkedBuild(ModelFolder folder, IncrementPlan plan, Workspace workspace, Func<Model, Task> build, Func<Model, Func<Task>, Task> timed)
{
    public async Task RunAsync(long rows, CancellationToken cancel)
    {
        var slice = new TaskSlice(Increment.Prefix, "", plan.Slices);
        var before = new TaskSlice(Increment.Before, "", []);
        var late = plan.Sums.Concat(plan.Wholes).Select(model => model.FullName).ToHashSet();
        bool IsLate(Model model) => late.Contains(model.FullName) || folder.TablesBehind(model).Overlaps(late);
        foreach (var model in folder.Models.Where(model => !IsLate(model)))
            if (plan.Slices.Contains(model) && model.Kind != ModelKind.View)
                await TaskSlice.ShapeAsync(workspace, model.FullName, model.Sql, cancel);
            else
                await build(model);

        await before.MakeRoomAsync(workspace, cancel);
        await TaskSlice.CreateAsync(workspace, Chunks.Table, Chunks.Select(rows), cancel);
        foreach (var chunk in (await workspace.ReadAsync<long>($"select distinct chunk_no from {Chunks.Table} order by chunk_no", cancel: cancel)).ToList())
        {
            await slice.TakeAsync(workspace, $"select task_key from {Chunks.Table} where chunk_no = {chunk}", "", cancel);
            foreach (var model in plan.Slices) await timed(model, () => BuildAsync(slice, model, cancel));
            foreach (var model in plan.Kept)
                await timed(model, () => workspace.RunAsync($"insert into {model.FullName} select * from {slice.Of(model)}", cancel: cancel));
        }
        await Increment.DropSliceAsync(workspace, cancel);

        foreach (var model in plan.Kept)
        {
            await workspace.PrepareForSlicesAsync(model.FullName, model.Slice!, cancel);
            await workspace.RefreshStatisticsAsync(model.FullName, cancel);
        }
        foreach (var model in folder.Models.Where(IsLate)) await build(model);
    }

    async Task BuildAsync(TaskSlice slice, Model model, CancellationToken cancel)
    {
        if (model.Kind == ModelKind.Replay)
        {
            await TaskSlice.ShapeAsync(workspace, slice.Of(model), $"select * from {model.FullName}", cancel);
            await new Replay(folder, model, slice.Over(Replay.Knowledge), Increment.Prefix).AddAsync(workspace, slice.Of(model), cancel);
        }
        else
        {
            await slice.BuildAsync(workspace, model, cancel);
        }
    }
}
