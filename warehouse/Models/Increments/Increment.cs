using Warehouse.Engines;
using Warehouse.Raw;

namespace Warehouse.Models.Increments;

/// <summary>
/// Builds what fresh loads changed and leaves the rest as it stands: the tasks that they tell of are built once more in a
/// slice by the models' own text, and their rows replaced. Gives the rows that building everything would give.
/// </summary>
/// <param name="told">Told why tables are written anew.</param>
sealed class Increment(ModelFolder folder, IncrementPlan plan, Workspace workspace, Func<Model, Func<Task>, Task> timed, Action<string>? told)
{
    const string Fresh = $"{PassingLayers.Before}raw.fresh_load";
    const string FreshTask = $"{PassingLayers.Before}raw.fresh_task";
    const string Loads = "warehouse.dim_load";
    const string OpenTasks = "analytics.open_task";

    readonly TaskSlice slice = new(PassingLayers.Slice, "", plan.Slices);
    readonly TaskSlice before = new(PassingLayers.Before, "", []);
    readonly TaskSlice during = new(PassingLayers.During, "", []);

    /// <param name="mostOfAll">Share of all tasks above which everything is built.</param>
    /// <param name="mostAtOnce">How many tasks a slice has; more are replaced in several, one after the other.</param>
    /// <param name="mostForStruckOut">Share of the engine's memory above which tables are written anew.</param>
    /// <returns>Why everything has to be built; null where it has not.</returns>
    public async Task<string?> TryAsync(double mostOfAll, long mostAtOnce, double mostForStruckOut, CancellationToken cancel)
    {
        if (!await BuildLedger.IsBuiltByAsync(workspace, folder, cancel)) return "these models have not built it before, or not to the end";
        await before.MakeRoomAsync(workspace, cancel);
        await TaskSlice.CreateAsync(workspace, Fresh, $"select load_key, extract_date from raw.batch where load_key not in (select load_key from {BuildLedger.Loads})", cancel);
        await BuildLedger.StrikeOutAsync(workspace, cancel);
        workspace.Milestones.Reach(Milestone.LedgerStruckOut);
        var moved = new HashSet<string>();
        foreach (var model in plan.References)
        {
            if (!await RefreshAsync(model, cancel)) continue;
            if (plan.Behind.Contains(model.FullName) && (model.FullName != Loads || await IsAnyLateAsync(cancel))) return $"{model.FullName} changed, on which every task may rest";
            moved.Add(model.FullName);
        }
        var recounted = plan.Sums.Where(sum => folder.TablesBehind(sum).Overlaps(moved)).ToList();
        foreach (var table in RawTables.OfLoads.Where(table => plan.Behind.Contains(table.FullName)))
            if (await CountAsync($"{table.FullName} where load_key in (select load_key from {Fresh})", cancel) > 0) return $"{table.FullName} has new rows, on which every task may rest";
        var chains = await FindChangedChainsAsync(cancel);
        await TaskSlice.CreateAsync(workspace, FreshTask, FreshTasks.AndTheirChains(Fresh, chains), cancel);
        var tasks = await CountAsync(FreshTask, cancel);
        if (tasks > mostOfAll * await CountAsync(RawTables.Task.FullName, cancel)) return FormattableString.Invariant($"{tasks:N0} tasks changed");
        await GatherAsync(mostForStruckOut, cancel);
        var slices = (tasks + mostAtOnce - 1) / mostAtOnce;
        for (var number = 0; number < slices; number++)
        {
            await slice.TakeAsync(workspace, FreshTasks.OfSlice(FreshTask, number, slices), "", cancel);
            await during.MakeRoomAsync(workspace, cancel);
            await ReplaceAsync(plan.Sums.Except(recounted), cancel);
        }
        if (slices == 0) await slice.TakeAsync(workspace, $"select task_key from {FreshTask}", "", cancel);
        foreach (var model in recounted.Concat(plan.Wholes)) await timed(model, () => RewriteAsync(model, model.InOrder(model.Sql, workspace), cancel));
        await workspace.RunAsync($"insert into {BuildLedger.Unchecked} (task_key) select task_key from {FreshTask}", cancel: cancel);
        await during.DropAsync(workspace, cancel);
        await before.DropAsync(workspace, cancel);
        workspace.Milestones.Reach(Milestone.SliceBuilt);
        await BuildLedger.NoteLoadsAsync(workspace, cancel);
        return null;
    }

    /// <summary>The slice is of no use any more.</summary>
    public static async Task DropSliceAsync(Workspace workspace, CancellationToken cancel)
    {
        foreach (var prefix in (string[])[PassingLayers.Slice, PassingLayers.Before, PassingLayers.During, PassingLayers.Stretch, PassingLayers.Aside])
            await new TaskSlice(prefix, "", []).DropAsync(workspace, cancel);
    }

    /// <summary>
    /// Rows of open tasks lie together at the tables' ends, and are replaced at no cost; others lie all over them. An engine may need
    /// memory for every place where a row was struck out, also in those that only read: before that is too much, the tables are written anew.
    /// </summary>
    async Task GatherAsync(double most, CancellationToken cancel)
    {
        // On other engines the rows would be counted for nothing.
        if (!workspace.RemembersStruckOut || folder.Find(OpenTasks) is null || folder.Find("warehouse.fact_task") is null) return;
        var settled = await CountAsync($"{FreshTask} where task_key in (select task_key from warehouse.fact_task) and task_key not in (select task_key from {OpenTasks})", cancel);
        var (places, struck) = await BuildLedger.NoteScatteredAsync(workspace, settled, cancel);
        var share = 0.0;
        foreach (var model in plan.Kept) share += workspace.MemoryOfStruckOut(await CountAsync(model.FullName, cancel), model.KeepsUnchanged ? struck : places);
        if (share <= most) return;
        told?.Invoke(FormattableString.Invariant($"tables are written anew: {places:N0} tasks that were settled have changed since they were, and the engine needs memory for the place of each"));
        foreach (var model in plan.Kept.Where(model => !model.KeepsUnchanged || struck > 0)) await timed(model, () => workspace.RewriteAsync(model.FullName, $"{model.Slice} in (select task_key from {OpenTasks})", cancel));
        // Those of this load are struck out after this.
        await BuildLedger.NoteGatheredAsync(workspace, settled, cancel);
    }

    /// <summary>Whether an extract came after a later one of its source: then the days between extracts are other ones. Else loads are only added.</summary>
    async Task<bool> IsAnyLateAsync(CancellationToken cancel) => await CountAsync($"""
        {Fresh} as fresh
        join raw.batch as fresh_batch on fresh.load_key = fresh_batch.load_key
        join raw.batch as built on fresh_batch.source_key = built.source_key and fresh.extract_date < built.extract_date
        where built.load_key not in (select load_key from {Fresh})
        """, cancel) > 0;

    /// <summary>Builds a table that no task changes; true where its rows are other ones than before.</summary>
    async Task<bool> RefreshAsync(Model model, CancellationToken cancel)
    {
        var fresh = $"{PassingLayers.Before}{model.FullName}";
        await workspace.RunAsync($"create table {fresh} as\n{model.Sql}", cancel: cancel);
        if (await IsSameAsync(fresh, model.FullName, cancel)) return false;
        await timed(model, () => RewriteAsync(model, $"select * from {fresh}", cancel));
        return true;
    }

    /// <summary>Builds the chains of re-entries anew; the roots of those that changed are in the table named, where any did.</summary>
    async Task<string?> FindChangedChainsAsync(CancellationToken cancel)
    {
        var (fresh, changed) = ($"{PassingLayers.Before}{TaskSlice.Chain}", $"{PassingLayers.Before}raw.changed_chain");
        if (folder.Find(TaskSlice.Chain) is not { } model) return null;
        await workspace.RunAsync($"create table {fresh} as\n{model.Sql}", cancel: cancel);
        if (await IsSameAsync(fresh, model.FullName, cancel)) return null;
        await workspace.RunAsync($"""
            create table {changed} as
            select task_key, root_key from (select * from {fresh} except select * from {model.FullName}) as come
            union
            select task_key, root_key from (select * from {model.FullName} except select * from {fresh}) as gone
            """, cancel: cancel);
        await timed(model, () => RewriteAsync(model, $"select * from {fresh}", cancel));
        return changed;
    }

    async Task ReplaceAsync(IEnumerable<Model> sums, CancellationToken cancel)
    {
        foreach (var model in plan.Kept.Where(model => model.KeepsUnchanged || IncrementPlan.Counted.Contains(model.FullName)))
            await TaskSlice.CreateAsync(workspace, Earlier(model.FullName), $"select * from {model.FullName} where {model.Slice} in (select task_key from {slice.Tasks})", cancel);
        foreach (var model in plan.Slices)
            await timed(model, () => model.Kind == ModelKind.Replay
                ? new KnownSpans(folder, workspace, slice, model, Fresh, Earlier(IncrementPlan.Spans)).BuildAsync(cancel)
                : slice.BuildAsync(workspace, model, cancel));
        foreach (var model in plan.Kept) await timed(model, () => model.KeepsUnchanged ? ReplaceChangedAsync(model, cancel) : ReplaceAllAsync(model, cancel));
        foreach (var model in sums) await timed(model, () => AddAsync(model, cancel));
    }

    async Task ReplaceAllAsync(Model model, CancellationToken cancel)
    {
        await workspace.RunAsync($"delete from {model.FullName} where {model.Slice} in (select task_key from {slice.Tasks})", cancel: cancel);
        workspace.Milestones.Reach(Milestone.SliceDeleted);
        await workspace.RunAsync($"insert into {model.FullName} {model.InOrder($"select * from {slice.Of(model)}", workspace)}", cancel: cancel);
    }

    /// <summary>Rows that stand as they are to stand are not touched: nothing is struck out for them, and nothing written.</summary>
    async Task ReplaceChangedAsync(Model model, CancellationToken cancel)
    {
        var (now, earlier, gone) = (slice.Of(model), Earlier(model.FullName), $"{PassingLayers.During}{model.FullName}_gone");
        await TaskSlice.CreateAsync(workspace, gone, $"select {string.Join(", ", model.Key)} from (select * from {earlier} except select * from {now}) as gone", cancel);
        if (await CountAsync(gone, cancel) is > 0 and var rows)
        {
            await workspace.StrikeOutAsync(model.FullName, model.Key, gone, cancel);
            await BuildLedger.NoteStruckAsync(workspace, rows, cancel);
        }
        workspace.Milestones.Reach(Milestone.SliceDeleted);
        await workspace.RunAsync($"insert into {model.FullName} {model.InOrder($"select * from (select * from {now} except select * from {earlier}) as come", workspace)}", cancel: cancel);
    }

    /// <summary>The rows of the slice as they were until now.</summary>
    static string Earlier(string counted) => PassingLayers.During + counted;

    /// <summary>Adds what the tasks of the slice count now, less what they counted before, to the groups concerned.</summary>
    async Task AddAsync(Model model, CancellationToken cancel)
    {
        var counted = IncrementPlan.Counted.Single(folder.TablesBehind(model).Contains);
        var columns = await workspace.ColumnsAsync(model.FullName, cancel);
        var counts = columns.Where(column => column.EndsWith("_count", StringComparison.Ordinal)).ToList();
        var group = columns.Except(counts).ToList();
        var (groups, change, sums) = (string.Join(", ", group), $"{PassingLayers.During}{model.FullName}_change", $"{PassingLayers.During}{model.FullName}");
        string IsSameAs(string name) => string.Join(" and ", group.Select(column => $"change.{column} = {name}.{column}"));
        await TaskSlice.CreateAsync(workspace, change, $"""
            select {groups}, {string.Join(", ", counts.Select(count => $"sum({count}) as {count}"))}
            from (
                select {groups}, {string.Join(", ", counts)} from ({slice.Over(model.Sql)}) as now
                union all
                select {groups}, {string.Join(", ", counts.Select(count => $"-{count} as {count}"))} from ({model.Sql.Replace(counted, Earlier(counted), StringComparison.Ordinal)}) as earlier
            ) as both_times
            group by {groups}
            having {string.Join(" or ", counts.Select(count => $"sum({count}) <> 0"))}
            """, cancel);
        await TaskSlice.CreateAsync(workspace, sums, $"""
            select {string.Join(", ", columns.Select(column => counts.Contains(column) ? $"change.{column} + coalesce(counted.{column}, 0) as {column}" : $"change.{column}"))}
            from {change} as change
            left join {model.FullName} as counted on {IsSameAs("counted")}
            """, cancel);
        await workspace.StrikeOutAsync(model.FullName, group, change, cancel);
        await workspace.RunAsync($"insert into {model.FullName} select * from {sums} where {string.Join(" or ", counts.Select(count => $"{count} <> 0"))}", cancel: cancel);
    }

    async Task RewriteAsync(Model model, string select, CancellationToken cancel)
    {
        await workspace.RunAsync($"delete from {model.FullName}", cancel: cancel);
        await workspace.RunAsync($"insert into {model.FullName}\n{select}", cancel: cancel);
    }

    /// <summary>Rows of a model are different ones, so as many of them with none that is new are the same.</summary>
    async Task<bool> IsSameAsync(string fresh, string standing, CancellationToken cancel) =>
        await CountAsync(fresh, cancel) == await CountAsync(standing, cancel)
        && await CountAsync($"(select * from {fresh} except select * from {standing}) as come", cancel) == 0;

    Task<long> CountAsync(string of, CancellationToken cancel) => workspace.ReadValueAsync<long>($"select count(*) from {of}", cancel: cancel);
}
