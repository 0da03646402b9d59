using Etl.Feeds;
using Warehouse.Engines;

namespace Etl.Load;

/// <summary>
/// Marks the deliveries of a task or event that a later extract replaced. Which one stands follows from the extracts'
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
        var others = await workspace.ReadValueAsync<long>("select count(*) from raw.batch where source_key = @sourceKey and load_key <> @loadKey", parameters, cancel);
        if (others == 0) return;
        string Newer(string a, string b) => $"""
            ({a}_batch.extract_date > {b}_batch.extract_date
                or ({a}_batch.extract_date = {b}_batch.extract_date
                    and ({string.Format(stamp, a)} > {string.Format(stamp, b)}
                        or ({string.Format(stamp, a)} = {string.Format(stamp, b)} and {a}.load_key > {b}.load_key))))
            """;
        string Mark(string loser, string winner) => $"""
            insert into raw.{table}_superseded ({key}, load_key, by_load_key)
            select {loser}.{key}, {loser}.load_key, {winner}.load_key
            from raw.{table} as fresh
            join raw.{table} as known on fresh.{key} = known.{key} and known.load_key <> fresh.load_key
            join raw.batch as fresh_batch on fresh.load_key = fresh_batch.load_key
            join raw.batch as known_batch on known.load_key = known_batch.load_key
            left join raw.load_window as fresh_window on fresh.load_key = fresh_window.load_key
            left join raw.load_window as known_window on known.load_key = known_window.load_key and known_window.record_code = fresh_window.record_code
            left join raw.{table}_superseded as already on known.{key} = already.{key} and known.load_key = already.load_key
            where fresh.load_key = @loadKey and already.{key} is null
                and ({winner}_window.window_no > {loser}_window.window_no
                    or (known_window.window_no is null and {Newer(winner, loser)}))
            """;
        // A fresh row older than the one that stands is beaten by it; only the one that stands competes.
        await workspace.RunAsync(Mark("fresh", "known"), parameters, cancel);
        await workspace.RunAsync(Mark("known", "fresh"), parameters, cancel);
    }
}
