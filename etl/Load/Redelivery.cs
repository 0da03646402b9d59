using Etl.Feeds;
using Warehouse.Engines;

namespace Etl.Load;

/// <summary>
/// What an extract tells again and what it leaves out. Rows that it tells as the standing delivery did are counted and not
/// kept twice, so that the day on which something became known stays the day of the first extract that told it. A task that
/// an earlier extract of the same list had is noted as missing, where the feed says that lists are whole.
/// </summary>
sealed class Redelivery(Workspace workspace, long sourceKey, long loadKey)
{
    /// <summary>Run inside the transaction of the batch, before its deliveries are ordered among the others.</summary>
    /// <returns>How many rows told nothing new.</returns>
    public async Task<long> SettleAsync(FeedRecord record, CancellationToken cancel)
    {
        if (record.Kind is not (RecordKind.Task or RecordKind.TaskEvent)) return 0;
        var parameters = new { sourceKey, loadKey, record = record.Name };
        const string Others = "select count(*) from raw.batch where source_key = @sourceKey and load_key <> @loadKey";
        if (await workspace.ReadValueAsync<long>(Others, parameters, cancel) == 0) return 0;
        if (record is { Kind: RecordKind.Task, MissingIsGone: true }) await NoteMissingAsync(parameters, cancel);
        var dropped = record.Kind == RecordKind.Task
            ? await DropUnchangedAsync("task", "task_key", ["task_detail", "task_agency"], cancel)
            : await DropUnchangedAsync("task_event", "event_key", ["task_event_detail"], cancel);
        if (dropped > 0) await workspace.RunAsync("update raw.batch set unchanged_count = @dropped where load_key = @loadKey", new { dropped, loadKey }, cancel);
        return dropped;
    }

    async Task<long> DropUnchangedAsync(string table, string key, string[] beside, CancellationToken cancel)
    {
        // A task that was missing in between is told anew, also where nothing of it changed.
        var unchanged = $"""
            select fresh.{key}
            from raw.{table} as fresh
            join raw.{table} as standing
                on fresh.{key} = standing.{key}
                and fresh.content_key = standing.content_key
                and fresh.load_key <> standing.load_key
            join raw.batch as fresh_batch on fresh.load_key = fresh_batch.load_key
            join raw.batch as standing_batch on standing.load_key = standing_batch.load_key
            left join raw.{table}_superseded as replaced
                on standing.{key} = replaced.{key}
                and standing.load_key = replaced.load_key
            left join raw.task_absence on fresh.task_key = task_absence.task_key
            where fresh.load_key = @loadKey and replaced.{key} is null and task_absence.task_key is null
                and standing_batch.extract_date <= fresh_batch.extract_date
            """;
        foreach (var other in beside) await workspace.RunAsync($"delete from raw.{other} where load_key = @loadKey and {key} in ({unchanged})", new { loadKey }, cancel);
        return await workspace.RunAsync($"delete from raw.{table} where load_key = @loadKey and {key} in ({unchanged})", new { loadKey }, cancel);
    }

    async Task NoteMissingAsync(object parameters, CancellationToken cancel)
    {
        // Whose key could not be read may be any task: then nothing is said of those that seem to be missing.
        const string Unreadable = "select count(*) from raw.quarantine where load_key = @loadKey and record_key is null";
        if (await workspace.ReadValueAsync<long>(Unreadable, parameters, cancel) > 0) return;
        await workspace.RunAsync("""
            insert into raw.task_absence (task_key, load_key)
            select standing.task_key, this_batch.load_key
            from raw.task as standing
            join raw.batch as standing_batch on standing.load_key = standing_batch.load_key
            join raw.batch as this_batch
                on standing_batch.source_key = this_batch.source_key
                and standing_batch.record_code = this_batch.record_code
                and standing_batch.list_name = this_batch.list_name
                and standing_batch.extract_date < this_batch.extract_date
            left join raw.task_superseded as replaced
                on standing.task_key = replaced.task_key
                and standing.load_key = replaced.load_key
            left join raw.task as fresh on standing.task_key = fresh.task_key and fresh.load_key = this_batch.load_key
            left join raw.withheld_task as withheld on standing.task_key = withheld.task_key and withheld.load_key = this_batch.load_key
            left join raw.quarantine as refused on standing.task_key = refused.record_key and refused.load_key = this_batch.load_key
            left join raw.task_absence as already on standing.task_key = already.task_key
            left join raw.batch as already_batch
                on already.load_key = already_batch.load_key
                and already_batch.extract_date > standing_batch.extract_date
            where this_batch.load_key = @loadKey and replaced.task_key is null and fresh.task_key is null
                and withheld.task_key is null and refused.record_key is null and already_batch.load_key is null
            group by standing.task_key, this_batch.load_key
            """, parameters, cancel);
    }
}
