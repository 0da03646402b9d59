using Etl.Feeds;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>
/// What all loads tell of the tasks or events that a load puts in order. They are looked up once and then held against each other: the
/// table that they stand in may be a hundred times as long.
/// </summary>
static class SettledTellings
{
    /// <summary>
    /// Whether another load of the source told of this record, or of tasks or events as it does: the first load of a long history
    /// has nothing to be held against, and is the largest.
    /// </summary>
    /// <param name="table"><c>raw.task</c> or <c>raw.task_event</c>.</param>
    public static async Task<bool> HaveOthersAsync(Workspace workspace, TableShape table, FeedRecord record, long sourceKey, long loadKey, CancellationToken cancel)
    {
        var asked = new { sourceKey, loadKey, record.Name };
        // Mostly it is the next extract of the same list, which the few batches answer.
        if (await workspace.ReadValueAsync<long>(
            "select count(*) from raw.batch where source_key = @sourceKey and load_key <> @loadKey and record_code = @Name", asked, cancel) > 0) return true;
        return await workspace.ReadValueAsync<long>($"""
            select count(*)
            from raw.batch
            join (select distinct load_key from {table.FullName} where load_key <> @loadKey) as telling on batch.load_key = telling.load_key
            where batch.source_key = @sourceKey
            """, asked, cancel) > 0;
    }

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
