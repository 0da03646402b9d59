using Etl.Feeds;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>
/// Marks the deliveries of a task or event that later extracts replaced, each by each of them. Which one stands follows from the extracts'
/// dates and the rows' own stamps, not from the order of loading: a late batch does not overwrite a newer one. Only windows
/// of one record are in order by themselves: a source that takes back what it said yesterday is right today.
/// </summary>
sealed class Superseding(Workspace workspace, long sourceKey, long loadKey)
{
    public async Task MarkAsync(FeedRecord record, CancellationToken cancel)
    {
        if (record.Kind == RecordKind.Task) await MarkAsync(record, RawTables.Task, "task_key", cancel);
        if (record.Kind == RecordKind.TaskEvent) await MarkAsync(record, RawTables.TaskEvent, "event_key", cancel);
    }

    async Task MarkAsync(FeedRecord record, TableShape table, string key, CancellationToken cancel)
    {
        // Of tasks that are told of once there is no pair.
        if (await SettledTellings.HaveOthersAsync(workspace, table, record, sourceKey, loadKey, cancel)) await MarkPairsAsync(table, key, cancel);
        await workspace.RunAsync("delete from raw.settled_key", cancel: cancel);
        await workspace.RunAsync("delete from raw.settled_telling", cancel: cancel);
    }

    /// <summary>Every pair of what the load settled, for what stood on an earlier day follows from the deliveries up to it.</summary>
    async Task MarkPairsAsync(TableShape table, string key, CancellationToken cancel)
    {
        await workspace.RunAsync($"insert into raw.settled_key (record_key) select {key} from {table.FullName} where load_key = @loadKey", new { loadKey }, cancel);
        await workspace.RunAsync($"delete from {table.FullName}_superseded where {key} in (select record_key from raw.settled_key)", cancel: cancel);
        await SettledTellings.LookUpAsync(workspace, table, key, cancel);
        await workspace.RunAsync($"""
            insert into {table.FullName}_superseded ({key}, load_key, by_load_key)
            select loser.record_key, loser.load_key, winner.load_key
            from raw.settled_telling as loser
            join raw.settled_telling as winner on loser.record_key = winner.record_key and winner.load_key <> loser.load_key
            join raw.batch as loser_batch on loser.load_key = loser_batch.load_key
            join raw.batch as winner_batch on winner.load_key = winner_batch.load_key
            left join raw.load_window as loser_window on loser.load_key = loser_window.load_key
            left join raw.load_window as winner_window on winner.load_key = winner_window.load_key and winner_window.record_code = loser_window.record_code
            where winner_window.window_no > loser_window.window_no
                or (winner_window.window_no is null
                    and (winner_batch.extract_date > loser_batch.extract_date
                        or (winner_batch.extract_date = loser_batch.extract_date
                            and ({Stamp("winner")} > {Stamp("loser")} or ({Stamp("winner")} = {Stamp("loser")} and winner.load_key > loser.load_key)))))
            """, cancel: cancel);
    }

    static string Stamp(string telling) => $"coalesce({telling}.updated_at, fn.start_of_day({telling}_batch.extract_date))";
}
