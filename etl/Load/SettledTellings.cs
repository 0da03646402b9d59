using Warehouse.Engines;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>
/// What all loads tell of the tasks or events that a load puts in order. They are looked up once and then held against each other: the
/// table that they stand in may be a hundred times as long.
/// </summary>
static class SettledTellings
{
    /// <param name="table"><c>raw.task</c> or <c>raw.task_event</c>.</param>
    /// <param name="key">Its key.</param>
    public static async Task LookUpAsync(Workspace workspace, TableShape table, string key, CancellationToken cancel)
    {
        // Tables that a load has just filled are empty in the eyes of a server's planner.
        foreach (var filled in (string[])[RawTables.SettledKey.FullName, table.FullName]) await workspace.RefreshStatisticsAsync(filled, cancel);
        var stamp = table == RawTables.Task ? ", updated_at" : "";
        await workspace.RunAsync($"delete from {RawTables.SettledTelling.FullName}", cancel: cancel);
        await workspace.RunAsync($"""
            insert into {RawTables.SettledTelling.FullName} (record_key, load_key, content_key{stamp})
            select {key}, load_key, content_key{stamp}
            from {table.FullName}
            where {key} in (select record_key from {RawTables.SettledKey.FullName})
            """, cancel: cancel);
        await workspace.RefreshStatisticsAsync(RawTables.SettledTelling.FullName, cancel);
    }
}
