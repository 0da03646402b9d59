using Etl.Feeds;
using Warehouse.Engines;

namespace Etl.Load;

/// <summary>
/// Marks the deliveries of a task or event that later extracts replaced, each by each of them. Which one stands follows from the extracts'
/// dates and the rows' own stamps, not from the order of loading: a late batch does not overwrite a newer one. Only windows
/// of one record are in order by themselves: a source that takes back what it said yesterday is right today.
/// </summary>
sealed class Superseding(Workspace workspace, long sourceKey, long loadKey)
{
    public async Task MarkAsync(RecordKind kind, CancellationToken cancel)
    {
        if (kind == RecordKind.Task) await MarkAsync("task", "task_key", "coalesce({0}.updated_at, fn.start_of_day({0}_batch.extract_date))", cancel);
        if (kind == RecordKind.TaskEvent) await MarkAsync("task_event", "event_key", "fn.start_of_day({0}_batch.extract_date)", cancel);
    }

    async Task MarkAsync(string table, string key, string stamp, CancellationToken cancel)
    {
        var parameters = new { sourceKey, loadKey };
        // Of tasks that are told of once there is no pair.
        var others = await workspace.ReadValueAsync<long>($"""
            select count(*)
            from raw.batch
            join (select distinct load_key from raw.{table} where load_key <> @loadKey) as telling on batch.load_key = telling.load_key
            where batch.source_key = @sourceKey
            """, parameters, cancel);
        if (others > 0) await MarkPairsAsync(table, key, stamp, parameters, cancel);
        await workspace.RunAsync("delete from raw.settled_key", cancel: cancel);
    }

    async Task MarkPairsAsync(string table, string key, string stamp, object parameters, CancellationToken cancel)
    {
        string Newer(string a, string b) => $"""
            ({a}_batch.extract_date > {b}_batch.extract_date
                or ({a}_batch.extract_date = {b}_batch.extract_date
                    and ({string.Format(stamp, a)} > {string.Format(stamp, b)}
                        or ({string.Format(stamp, a)} = {string.Format(stamp, b)} and {a}.load_key > {b}.load_key))))
            """;
        await workspace.RunAsync($"insert into raw.settled_key (record_key) select {key} from raw.{table} where load_key = @loadKey", parameters, cancel);
        // Every pair of what the load settled, for what stood on an earlier day follows from the deliveries up to it.
        await workspace.RunAsync($"delete from raw.{table}_superseded where {key} in (select record_key from raw.settled_key)", parameters, cancel);
        await workspace.RunAsync($"""
            insert into raw.{table}_superseded ({key}, load_key, by_load_key)
            select loser.{key}, loser.load_key, winner.load_key
            from (select distinct record_key from raw.settled_key) as settled
            join raw.{table} as loser on settled.record_key = loser.{key}
            join raw.{table} as winner on settled.record_key = winner.{key} and winner.load_key <> loser.load_key
            join raw.batch as loser_batch on loser.load_key = loser_batch.load_key
            join raw.batch as winner_batch on winner.load_key = winner_batch.load_key
            left join raw.load_window as loser_window on loser.load_key = loser_window.load_key
            left join raw.load_window as winner_window on winner.load_key = winner_window.load_key and winner_window.record_code = loser_window.record_code
            where (winner_window.window_no > loser_window.window_no
                    or (winner_window.window_no is null and {Newer("winner", "loser")}))
            """, parameters, cancel);
    }
}
