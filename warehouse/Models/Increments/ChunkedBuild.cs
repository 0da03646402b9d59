using Warehouse.Engines;

namespace Warehouse.Models.Increments;

/// <summary>
/// Builds everything, chunk of tasks by chunk, each in a slice of its own: the models' windows and joins never see more than one.
/// Rows of tasks that are open are put aside and come last of all, for it is they that will be replaced: so they lie together, and not among all others.
/// </summary>
/// <param name="build">Builds a model as a whole.</param>
sealed class ChunkedBuild(ModelFolder folder, IncrementPlan plan, Workspace workspace, Func<Model, Task> build, Func<Model, Func<Task>, Task> timed)
{
    /// <summary>The tasks of the chunk at hand that are to lie behind all others.</summary>
    const string Last = $"{PassingLayers.Slice}raw.task_last";

    /// <summary>Chunks that are taken out of raw at once: each of them reads what was taken, and not all that was ever told.</summary>
    const int ChunksAtOnce = 10;

    readonly TaskSlice stretch = new(PassingLayers.Stretch, "", plan.Slices);
    readonly TaskSlice slice = new(PassingLayers.Slice, "", plan.Slices);

    /// <summary>The same slice, taken out of a stretch.</summary>
    readonly TaskSlice ofStretch = new(PassingLayers.Slice, PassingLayers.Stretch, plan.Slices);

    public async Task RunAsync(long rows, CancellationToken cancel)
    {
        var before = new TaskSlice(PassingLayers.Before, "", []);
        var late = plan.Sums.Concat(plan.Wholes).Select(model => model.FullName).ToHashSet();
        bool IsLate(Model model) => late.Contains(model.FullName) || folder.TablesBehind(model).Overlaps(late);
        foreach (var model in folder.Models.Where(model => !IsLate(model)))
            if (plan.Slices.Contains(model) && model.Kind != ModelKind.View)
                await TaskSlice.ShapeAsync(workspace, model.FullName, model.Sql, cancel);
            else
                await build(model);

        await before.MakeRoomAsync(workspace, cancel);
        await Chunks.CreateAsync(workspace, rows, cancel);
        await new TaskSlice(PassingLayers.Aside, "", []).MakeRoomAsync(workspace, cancel);
        foreach (var model in plan.Kept) await TaskSlice.ShapeAsync(workspace, Aside(model), $"select * from {model.FullName}", cancel);
        var chunks = (await workspace.ReadAsync<long>($"select distinct chunk_no from {Chunks.Table} order by chunk_no", cancel: cancel)).ToList();
        foreach (var some in chunks.Chunk(ChunksAtOnce))
        {
            var isOfStretch = chunks.Count > ChunksAtOnce;
            if (isOfStretch) await stretch.TakeAsync(workspace, $"select task_key from {Chunks.Table} where chunk_no between {some[0]} and {some[^1]}", "", cancel);
            foreach (var chunk in some)
            {
                await TakeAsync(isOfStretch ? ofStretch : slice, $"select task_key from {Chunks.Table} where chunk_no = {chunk}", cancel);
                await FindLastAsync(cancel);
                await AddAsync(cancel);
            }
        }
        foreach (var model in plan.Kept) await timed(model, () => workspace.RunAsync($"insert into {model.FullName} {model.InOrder($"select * from {Aside(model)}", workspace)}", cancel: cancel));
        await Increment.DropSliceAsync(workspace, cancel);

        foreach (var model in plan.Kept)
        {
            await workspace.PrepareForSlicesAsync(model.FullName, model.Slice!, cancel);
            await workspace.RefreshStatisticsAsync(model.FullName, cancel);
        }
        foreach (var model in folder.Models.Where(IsLate)) await build(model);
    }

    async Task TakeAsync(TaskSlice from, string tasks, CancellationToken cancel)
    {
        await from.TakeAsync(workspace, tasks, "", cancel);
        foreach (var model in plan.Slices) await timed(model, () => BuildAsync(model, cancel));
    }

    /// <summary>The open tasks of the slice, with all entries of their chains.</summary>
    Task FindLastAsync(CancellationToken cancel)
    {
        var spans = plan.Kept.FirstOrDefault(model => model.FullName == IncrementPlan.Spans);
        return TaskSlice.CreateAsync(workspace, Last, $"""
            select chunk.task_key
            from {slice.Tasks} as chunk
            left join {TaskSlice.Chain} as chain on chunk.task_key = chain.task_key
            where {(spans is null ? "1 = 0" : $"coalesce(chain.root_key, chunk.task_key) in (select task_key from {slice.Of(spans)} where is_open = 1 and valid_to = cast('9999-12-31' as date))")}
            """, cancel);
    }

    async Task AddAsync(CancellationToken cancel)
    {
        foreach (var model in plan.Kept)
            await timed(model, async () =>
            {
                var ofLast = $"{model.Slice} in (select task_key from {Last})";
                await workspace.RunAsync($"insert into {model.FullName} {model.InOrder($"select * from {slice.Of(model)} where not {ofLast}", workspace)}", cancel: cancel);
                await workspace.RunAsync($"insert into {Aside(model)} select * from {slice.Of(model)} where {ofLast}", cancel: cancel);
            });
    }

    static string Aside(Model model) => PassingLayers.Aside + model.FullName;

    async Task BuildAsync(Model model, CancellationToken cancel)
    {
        if (model.Kind == ModelKind.Replay)
        {
            await TaskSlice.ShapeAsync(workspace, slice.Of(model), $"select * from {model.FullName}", cancel);
            await new Replay(folder, model, slice.Over(Replay.Knowledge), PassingLayers.Slice).AddAsync(workspace, slice.Of(model), cancel);
        }
        else
        {
            await slice.BuildAsync(workspace, model, cancel);
        }
    }
}
