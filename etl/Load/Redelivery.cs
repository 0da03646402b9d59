using Etl.Feeds;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>
/// What an extract tells again and what it leaves out. A row that tells what the delivery before it told is noted as told
/// again and not kept twice: the day on which something became known stays that of the first extract that told it. A task
/// that an earlier extract of the same list had is noted as missing, where the feed says that lists are whole.
/// </summary>
/// <remarks>The outcome is the same in whatever order extracts are loaded: one that comes late takes its place between those before and after it.</remarks>
sealed class Redelivery
{
    readonly Workspace workspace;
    readonly FeedRecord record;
    readonly long loadKey;
    readonly object parameters;
    readonly TableShape table;
    readonly TableShape[] beside;
    readonly string key, again;

    Redelivery(Workspace workspace, FeedRecord record, long sourceKey, long loadKey)
    {
        (this.workspace, this.record, this.loadKey) = (workspace, record, loadKey);
        parameters = new { sourceKey, loadKey };
        var isOfTasks = record.Kind == RecordKind.Task;
        (table, key) = isOfTasks ? (RawTables.Task, "task_key") : (RawTables.TaskEvent, "event_key");
        beside = isOfTasks
            ? [RawTables.TaskDetail, RawTables.TaskAgency, RawTables.TaskWord, RawTables.TaskTakenOver]
            : [RawTables.TaskEventDetail];
        again = $"{table.FullName}_told_again";
    }

    /// <summary>Run inside the transaction of the batch, before its deliveries are ordered among the others.</summary>
    /// <returns>How many rows told nothing new.</returns>
    public static async Task<long> SettleAsync(Workspace workspace, FeedRecord record, long sourceKey, long loadKey, CancellationToken cancel)
    {
        if (record.Kind is not (RecordKind.Task or RecordKind.TaskEvent)) return 0;
        var settling = new Redelivery(workspace, record, sourceKey, loadKey);
        const string Others = "select count(*) from raw.batch where source_key = @sourceKey and load_key <> @loadKey";
        return await settling.CountAsync(Others, cancel) == 0 ? 0 : await settling.RunAsync(cancel);
    }

    async Task<long> RunAsync(CancellationToken cancel)
    {
        if (record is { Kind: RecordKind.Task, MissingIsGone: true }) await NoteMissingAsync(cancel);
        await DoAsync($"""
            insert into {again} ({key}, load_key, as_load_key)
            select fresh.{key}, fresh.load_key, min(earlier.load_key)
            from {table.FullName} as fresh
            {Nearest("earlier", isBefore: true)}
            where fresh.load_key = @loadKey and earlier.content_key = fresh.content_key {UnlessMissing}
            group by fresh.{key}, fresh.load_key
            """, cancel);
        var unchanged = await DropAsync("load_key = @loadKey", $"select {key} from {again} where load_key = @loadKey", cancel);
        await DoAsync($"update raw.batch set unchanged_count = {unchanged} where load_key = @loadKey", cancel);
        const string Later = "select count(*) from raw.batch as fresh join raw.batch as later on fresh.source_key = later.source_key and fresh.extract_date < later.extract_date where fresh.load_key = @loadKey";
        if (await CountAsync(Later, cancel) > 0) await TakePlaceAsync(cancel);
        return unchanged;
    }

    /// <summary>Where a task was missing in between it is told anew, also where nothing of it changed.</summary>
    string UnlessMissing => record.Kind == RecordKind.Task ? "and fresh.task_key not in (select task_key from raw.task_absence)" : "";

    /// <summary>A late extract: what later ones told again is no longer what the delivery before them tells, or is what this one tells.</summary>
    async Task TakePlaceAsync(CancellationToken cancel)
    {
        var returns = $"""
            select again.{key}, again.load_key, again.as_load_key
            from {again} as again
            join {table.FullName} as fresh on again.{key} = fresh.{key} and fresh.load_key = @loadKey
            join raw.batch as fresh_batch on fresh.load_key = fresh_batch.load_key
            join raw.batch as again_batch on again.load_key = again_batch.load_key and again_batch.extract_date > fresh_batch.extract_date
            join raw.batch as as_batch on again.as_load_key = as_batch.load_key and as_batch.extract_date <= fresh_batch.extract_date
            left join {table.FullName} as kept on again.{key} = kept.{key} and again.load_key = kept.load_key
            where kept.{key} is null
            """;
        foreach (var each in beside.Append(table))
        {
            var columns = each.Columns.Select(column => column.Name).ToList();
            await DoAsync($"""
                insert into {each.FullName} ({string.Join(", ", columns)})
                select {string.Join(", ", columns.Select(column => column == "load_key" ? "returned.load_key" : $"told.{column}"))}
                from ({returns}) as returned
                join {each.FullName} as told on returned.{key} = told.{key} and returned.as_load_key = told.load_key
                """, cancel);
        }
        await DoAsync($"delete from {again} where exists (select 1 from {table.FullName} as kept where kept.{key} = {table.Name}_told_again.{key} and kept.load_key = {table.Name}_told_again.load_key)", cancel);
        // What the next delivery tells alike was known from this extract on.
        await DoAsync($"""
            insert into {again} ({key}, load_key, as_load_key)
            select fresh.{key}, later.load_key, fresh.load_key
            from {table.FullName} as fresh
            {Nearest("later", isBefore: false)}
            where fresh.load_key = @loadKey and later.content_key = fresh.content_key
            """, cancel);
        await DropAsync($"exists (select 1 from {again} as told where told.{key} = {{0}}.{key} and told.load_key = {{0}}.load_key and told.as_load_key = @loadKey)", null, cancel);
    }

    /// <summary>Joins the delivery that comes just before or after the fresh one, by the days of their extracts.</summary>
    string Nearest(string name, bool isBefore)
    {
        var (nearest, side) = isBefore ? ("max", "<=") : ("min", ">");
        return $"""
            join (
                select fresh.{key}, {nearest}(other_batch.extract_date) as extract_date
                from {table.FullName} as fresh
                join raw.batch as fresh_batch on fresh.load_key = fresh_batch.load_key
                join {table.FullName} as other on fresh.{key} = other.{key} and fresh.load_key <> other.load_key
                join raw.batch as other_batch on other.load_key = other_batch.load_key and other_batch.extract_date {side} fresh_batch.extract_date
                where fresh.load_key = @loadKey
                group by fresh.{key}
            ) as nearest on fresh.{key} = nearest.{key}
            join {table.FullName} as {name} on fresh.{key} = {name}.{key} and fresh.load_key <> {name}.load_key
            join raw.batch as {name}_batch on {name}.load_key = {name}_batch.load_key and {name}_batch.extract_date = nearest.extract_date
            """;
    }

    async Task<long> DropAsync(string rows, string? keys, CancellationToken cancel)
    {
        var dropped = 0L;
        foreach (var each in beside.Append(table))
        {
            var where = string.Format(System.Globalization.CultureInfo.InvariantCulture, rows, each.Name) + (keys is null ? "" : $" and {key} in ({keys})");
            dropped = await DoAsync($"delete from {each.FullName} where {where}", cancel);
        }
        return dropped;
    }

    async Task NoteMissingAsync(CancellationToken cancel)
    {
        // Whose key could not be read may be any task: then nothing is said of those that seem to be missing.
        if (await CountAsync("select count(*) from raw.quarantine where load_key = @loadKey and record_key is null", cancel) > 0) return;
        await DoAsync("""
            insert into raw.task_absence (task_key, load_key)
            select standing.task_key, this_batch.load_key
            from raw.task as standing
            join raw.batch as standing_batch on standing.load_key = standing_batch.load_key
            join raw.batch as this_batch
                on standing_batch.source_key = this_batch.source_key
                and standing_batch.record_code = this_batch.record_code
                and standing_batch.list_name = this_batch.list_name
                and standing_batch.extract_date < this_batch.extract_date
            left join raw.task_superseded as replaced on standing.task_key = replaced.task_key and standing.load_key = replaced.load_key
            left join raw.task as fresh on standing.task_key = fresh.task_key and fresh.load_key = this_batch.load_key
            left join raw.withheld_task as withheld on standing.task_key = withheld.task_key and withheld.load_key = this_batch.load_key
            left join raw.quarantine as refused on standing.task_key = refused.record_key and refused.load_key = this_batch.load_key
            left join raw.task_absence as already on standing.task_key = already.task_key
            left join raw.batch as already_batch
                on already.load_key = already_batch.load_key and already_batch.extract_date > standing_batch.extract_date
            where this_batch.load_key = @loadKey and replaced.task_key is null and fresh.task_key is null
                and withheld.task_key is null and refused.record_key is null and already_batch.load_key is null
            group by standing.task_key, this_batch.load_key
            """, cancel);
    }

    Task<long> CountAsync(string sql, CancellationToken cancel) => workspace.ReadValueAsync<long>(sql, parameters, cancel);

    Task<int> DoAsync(string sql, CancellationToken cancel) => workspace.RunAsync(sql, parameters, cancel);
}
