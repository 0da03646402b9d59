using Warehouse.Engines;

namespace Warehouse.Models.Increments;

/// <summary>All tasks in chunks of about as many deliveries, in the order in which they came: what came together lies together.</summary>
static class Chunks
{
    /// <summary>One row per task and its chunk; all entries of a chain are in one.</summary>
    public const string Table = $"{PassingLayers.Before}raw.task_chunk";

    /// <summary>Fills the table; chunks lie one after another where the engine then leaves out the others.</summary>
    public static Task CreateAsync(Workspace workspace, long rows, CancellationToken cancel) =>
        TaskSlice.CreateAsync(workspace, Table, Select(rows) + (workspace.SkipsByOrder ? "\norder by chunk_no" : ""), cancel);

    /// <summary>Which task is in which chunk. A task that is told of by events alone is with the first.</summary>
    static string Select(long rows) => $"""
        with loads as (
            select load_key, coalesce(sum(received_count) over (order by load_key rows unbounded preceding) - received_count, 0) as rows_before
            from raw.batch
            where load_key in (select load_key from raw.task)
        ),

        placed as (
            select task.task_key, loads.rows_before + coalesce(task.row_no, 0) as place
            from raw.task
            join loads on task.load_key = loads.load_key
            union all
            select distinct task_event.task_key, 0 as place
            from raw.task_event
            left join raw.task on task_event.task_key = task.task_key
            where task.task_key is null
        ),

        first_placed as (
            select coalesce(task_chain.root_key, placed.task_key) as task_key, min(placed.place) as place
            from placed
            left join {TaskSlice.Chain} on placed.task_key = task_chain.task_key
            group by coalesce(task_chain.root_key, placed.task_key)
        ),

        chunked as (
            select task_key, cast(place - place % {rows} as bigint) as chunk_no
            from first_placed
        ),

        entered as (
            select task_key, chunk_no from chunked
            union
            select task_chain.task_key, chunked.chunk_no
            from {TaskSlice.Chain}
            join chunked on task_chain.root_key = chunked.task_key
        )

        select task_key, chunk_no from entered
        """;
}
