using Warehouse.Engines;

namespace Warehouse.Models.Increments;

/// <summary>
/// What earlier extracts had told of the tasks of a slice, when newer ones have come. Knowledge from before the fresh extracts
/// stands as it is; what was the newest knowledge until now is the state that stood before; only days between several fresh
/// extracts are replayed.
/// </summary>
/// <param name="model">The model of kind replay; its rows are those of the spans, with the telling that they belong to.</param>
/// <param name="fresh">Table of the fresh loads.</param>
/// <param name="earlier">The spans of these tasks as they stood before.</param>
sealed class KnownSpans(ModelFolder folder, Workspace workspace, TaskSlice slice, Model model, string fresh, string earlier)
{
    static readonly string[] OfTelling = ["known_from", "known_to", "telling_no"];

    public async Task BuildAsync(CancellationToken cancel)
    {
        var (target, knowledge) = (slice.Of(model), slice.Over(Replay.Knowledge));
        // A table that a model is to read under another name keeps the last part of it, which columns are called by.
        var (freshTasks, replayed) = ($"{knowledge}_fresh", $"{PassingLayers.During}{Replay.Knowledge}");
        var columns = await workspace.ColumnsAsync(model.FullName, cancel);
        string Rows(string of) => string.Join(", ", columns.Select(column => OfTelling.Contains(column) ? $"known.{column}" : $"{of}.{column}"));

        await TaskSlice.CreateAsync(workspace, freshTasks, $"""
            select coalesce(chain.root_key, tellings.task_key) as task_key, min(coalesce(fresh.extract_date, cast('1900-01-01' as date))) as fresh_from
            from ({FreshTasks.Tellings(fresh)}) as tellings
            join {fresh} as fresh on tellings.load_key = fresh.load_key
            left join {TaskSlice.Chain} as chain on tellings.task_key = chain.task_key
            group by coalesce(chain.root_key, tellings.task_key)
            """, cancel);
        // Told before the fresh extracts came: stands, and ends at the latest where they begin.
        await TaskSlice.CreateAsync(workspace, target, $"""
            select {Rows("standing")}
            from {model.FullName} as standing
            join {knowledge} as known on standing.task_key = known.task_key and standing.known_from = known.known_from
            left join {freshTasks} as fresh_task on known.task_key = fresh_task.task_key
            where known.known_to < cast('9999-12-31' as date) and (fresh_task.task_key is null or known.known_from < fresh_task.fresh_from)
            """, cancel);
        // The newest knowledge until now.
        await workspace.RunAsync($"""
            insert into {target}
            select {Rows("earlier")}
            from {knowledge} as known
            join {freshTasks} as fresh_task
                on known.task_key = fresh_task.task_key and known.known_from < fresh_task.fresh_from and known.known_to >= fresh_task.fresh_from
            join {earlier} as earlier on known.task_key = earlier.task_key
            left join {Replay.Knowledge} as newest on known.task_key = newest.task_key and newest.known_to = cast('9999-12-31' as date)
            where known.known_to < cast('9999-12-31' as date) and coalesce(newest.known_from, known.known_from) = known.known_from
            """, cancel: cancel);
        await TaskSlice.CreateAsync(workspace, replayed, $"""
            select known.*
            from {knowledge} as known
            join {freshTasks} as fresh_task on known.task_key = fresh_task.task_key and known.known_from >= fresh_task.fresh_from
            """, cancel);
        await new Replay(folder, model, replayed, PassingLayers.Slice).AddAsync(workspace, target, cancel);
    }
}
