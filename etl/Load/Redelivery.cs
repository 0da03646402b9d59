using Etl.Feeds;
using Warehouse.Engines;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>
/// What an extract tells again and what it leaves out. A row that tells what the delivery before it told is noted as told
/// again and not kept twice: the day on which something became known stays that of the first extract that told it.
/// </summary>
/// <remarks>The outcome is the same in whatever order extracts are loaded: one that comes late takes its place between those before and after it.</remarks>
sealed class Redelivery
{
    readonly Workspace workspace;
    readonly FeedRecord record;
    readonly object parameters;
    readonly TableShape table;
    readonly TableShape[] beside;
    readonly string key, again;

    Redelivery(Workspace workspace, FeedRecord record, long sourceKey, long loadKey)
    {
        (this.workspace, this.record, parameters) = (workspace, record, new { sourceKey, loadKey });
        var isOfTasks = record.Kind == RecordKind.Task;
        (table, key) = isOfTasks ? (RawTables.Task, "task_key") : (RawTables.TaskEvent, "event_key");
        beside = isOfTasks
            ? [RawTables.TaskDetail, RawTables.TaskAgency, RawTables.TaskWord, RawTables.TaskTakenOver]
            : [RawTables.TaskEventDetail];
        again = $"{table.FullName}_told_again";
    }

    /// <summary>Run inside the transaction of the batch, before its deliveries are ordered among the others.</summary>
    /// <param name="isWindow">What changed since the last load: it is the newest, whatever its rows say.</param>
    /// <returns>How many rows told nothing new.</returns>
    public static async Task<long> SettleAsync(Workspace workspace, FeedRecord record, long sourceKey, long loadKey, bool isWindow, CancellationToken cancel)
    {
        if (record.Kind is not (RecordKind.Task or RecordKind.TaskEvent)) return 0;
        var settling = new Redelivery(workspace, record, sourceKey, loadKey);
        return await SettledTellings.HaveOthersAsync(workspace, settling.table, record, sourceKey, loadKey, cancel) ? await settling.RunAsync(isWindow, cancel) : 0;
    }

    async Task<long> RunAsync(bool isWindow, CancellationToken cancel)
    {
        await DoAsync($"insert into raw.settled_key (record_key) select {key} from {table.FullName} where load_key = @loadKey", cancel);
        foreach (var filled in (string[])[RawTables.Batch.FullName, $"{table.FullName}_superseded", again]) await workspace.RefreshStatisticsAsync(filled, cancel);
        await SettledTellings.LookUpAsync(workspace, table, key, cancel);
        var isLate = !isWindow && await IsLateAsync(cancel);
        if (record is { Kind: RecordKind.Task, MissingIsGone: true } && !isWindow) await new Missing(workspace, parameters).NoteAsync(cancel);
        if (isLate) await TakePlaceAsync(cancel);
        else await TellAgainAsync(cancel);
        // What is told of these under other loads may have changed with it.
        if (isLate && record.Kind == RecordKind.Task)
            await DoAsync("insert into raw.task_restated (task_key, load_key) select distinct record_key, cast(@loadKey as bigint) from raw.settled_key", cancel);
        var unchanged = await CountAsync($"select count(*) from {again} where load_key = @loadKey", cancel);
        await DoAsync($"update raw.batch set unchanged_count = {unchanged} where load_key = @loadKey", cancel);
        return unchanged;
    }

    /// <summary>
    /// Whether a later extract has told of any of these tasks, or of the same list: extracts of other lists and records may
    /// come in any order.
    /// </summary>
    async Task<bool> IsLateAsync(CancellationToken cancel) => await CountAsync($"""
        select count(*)
        from raw.batch as fresh
        join raw.batch as later on fresh.source_key = later.source_key and fresh.extract_date < later.extract_date
        where fresh.load_key = @loadKey
            and ((later.record_code = fresh.record_code and later.list_name = fresh.list_name)
                or later.load_key in (
                    select load_key from raw.settled_telling
                    union
                    select load_key from {again} where {key} in (select record_key from raw.settled_key)
                ))
        """, cancel) > 0;

    /// <summary>The newest extract: its rows are held against the deliveries that stand, unless a task was missing since.</summary>
    async Task TellAgainAsync(CancellationToken cancel)
    {
        var missing = record.Kind == RecordKind.Task
            ? """
              left join (
                  select task_absence.task_key, max(batch.extract_date) as extract_date
                  from raw.task_absence
                  join raw.batch on task_absence.load_key = batch.load_key
                  group by task_absence.task_key
              ) as missing on fresh.record_key = missing.task_key and missing.extract_date > standing_batch.extract_date
              """
            : "left join raw.batch as missing on 1 = 0";
        await DoAsync($"""
            insert into {again} ({key}, load_key, as_load_key)
            select fresh.record_key, fresh.load_key, standing.load_key
            from raw.settled_telling as fresh
            join raw.settled_telling as standing
                on fresh.record_key = standing.record_key and fresh.content_key = standing.content_key and fresh.load_key <> standing.load_key
            join raw.batch as standing_batch on standing.load_key = standing_batch.load_key
            left join {table.FullName}_superseded as replaced on standing.record_key = replaced.{key} and standing.load_key = replaced.load_key
            {missing}
            where fresh.load_key = @loadKey and replaced.{key} is null and missing.extract_date is null
            """, cancel);
        foreach (var each in beside.Append(table))
            await DoAsync($"delete from {each.FullName} where load_key = @loadKey and {key} in (select {key} from {again} where load_key = @loadKey)", cancel);
    }

    /// <summary>A late extract: of all that is told of its tasks, in the order of the extracts, what repeats the telling before is told again.</summary>
    async Task TakePlaceAsync(CancellationToken cancel)
    {
        foreach (var each in beside.Append(table))
        {
            var columns = each.Columns.Select(column => column.Name).ToList();
            await DoAsync($"""
                insert into {each.FullName} ({string.Join(", ", columns)})
                select {string.Join(", ", columns.Select(column => column == "load_key" ? "again.load_key" : $"told.{column}"))}
                from {again} as again
                join {each.FullName} as told on again.{key} = told.{key} and again.as_load_key = told.load_key
                where again.{key} in (select record_key from raw.settled_key)
                """, cancel);
        }
        await DoAsync($"delete from {again} where {key} in (select record_key from raw.settled_key)", cancel);
        await SettledTellings.LookUpAsync(workspace, table, key, cancel);
        var absences = record.Kind == RecordKind.Task
            ? "union all select task_absence.task_key, task_absence.load_key, batch.extract_date, 0 as content_key, 0 as is_row from raw.task_absence join raw.batch on task_absence.load_key = batch.load_key where task_absence.task_key in (select record_key from raw.settled_key)"
            : "";
        await DoAsync($"""
            insert into {again} ({key}, load_key, as_load_key)
            with tellings as (
                select told.record_key as {key}, told.load_key, batch.extract_date, told.content_key, 1 as is_row
                from raw.settled_telling as told
                join raw.batch on told.load_key = batch.load_key
                {absences}
            ),
            compared as (
                select tellings.*, lag(content_key, 1, -1) over (partition by {key} order by extract_date, is_row, load_key) as earlier_content_key
                from tellings
            ),
            numbered as (
                select compared.*,
                    sum(case when content_key = earlier_content_key then 0 else 1 end)
                        over (partition by {key} order by extract_date, is_row, load_key rows unbounded preceding) as run_no
                from compared
            )
            select repeated.{key}, repeated.load_key, first_told.load_key
            from numbered as repeated
            join numbered as first_told
                on repeated.{key} = first_told.{key} and repeated.run_no = first_told.run_no
                and first_told.content_key <> first_told.earlier_content_key
            where repeated.content_key = repeated.earlier_content_key and repeated.is_row = 1
            """, cancel);
        foreach (var each in beside.Append(table))
            await DoAsync($"delete from {each.FullName} where {key} in (select record_key from raw.settled_key) and exists (select 1 from {again} as again where again.{key} = {each.Name}.{key} and again.load_key = {each.Name}.load_key)", cancel);
    }

    Task<long> CountAsync(string sql, CancellationToken cancel) => workspace.ReadValueAsync<long>(sql, parameters, cancel);

    Task<int> DoAsync(string sql, CancellationToken cancel) => workspace.RunAsync(sql, parameters, cancel);
}
