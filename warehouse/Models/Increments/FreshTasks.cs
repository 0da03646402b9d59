namespace Warehouse.Models.Increments;

/// <summary>Which tasks fresh loads tell of, in SQL.</summary>
static class FreshTasks
{
    /// <summary>The tellings: task as it was told of, and the load. A re-entry is a task of its own here.</summary>
    /// <param name="fresh">Table of the fresh loads.</param>
    public static string Tellings(string fresh) => $"""
        select task_key, load_key from raw.task where load_key in (select load_key from {fresh})
        union
        select task_key, load_key from raw.task_absence where load_key in (select load_key from {fresh})
        union
        select task_key, load_key from raw.task_event where load_key in (select load_key from {fresh})
        union
        select task_key, load_key from raw.task_restated where load_key in (select load_key from {fresh})
        union
        select task_key, by_load_key as load_key from raw.task_superseded where by_load_key in (select load_key from {fresh})
        union
        select task_event.task_key, replaced.by_load_key as load_key
        from raw.task_event_superseded as replaced
        join raw.task_event on replaced.event_key = task_event.event_key and replaced.load_key = task_event.load_key
        where replaced.by_load_key in (select load_key from {fresh})
        """;

    /// <summary>All tasks that have to be built again: those told of, with every entry of their chains as these are and as they were.</summary>
    /// <param name="changedChains">Table of the links that came or went; null where none did.</param>
    public static string AndTheirChains(string fresh, string? changedChains)
    {
        var links = changedChains is null ? $"select task_key, root_key from {TaskSlice.Chain}" : $"select task_key, root_key from {TaskSlice.Chain} union select task_key, root_key from {changedChains}";
        var changed = changedChains is null ? "" : $"union select root_key as task_key from {changedChains}";
        return $"""
            with told as (
                select task_key from ({Tellings(fresh)}) as tellings
            ),

            links as (
                {links}
            ),

            roots as (
                select told.task_key from told
                union
                select links.root_key as task_key from links join told on links.task_key = told.task_key
                {changed}
            )

            select task_key from roots
            union
            select links.task_key from links join roots on links.root_key = roots.task_key
            """;
    }

    /// <summary>Those of one slice of several; all entries of a chain are in one.</summary>
    /// <param name="tasks">Table of the tasks to be built again.</param>
    public static string OfSlice(string tasks, int number, long slices) => slices == 1 ? $"select task_key from {tasks}" : $"""
        select told.task_key
        from {tasks} as told
        left join {TaskSlice.Chain} as chain on told.task_key = chain.task_key
        where abs(coalesce(chain.root_key, told.task_key) % {slices}) = {number}
        """;
}
