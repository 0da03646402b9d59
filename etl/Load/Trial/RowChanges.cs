using Warehouse.Engines;
using Warehouse.Raw;

namespace Etl.Load.Trial;

/// <summary>What a load would change of one record: rows that its source delivers for the first time, otherwise than before, or as before.</summary>
/// <param name="Gone">Rows of the newest extract so far that a newer one no longer holds; null where parts are no whole extracts.</param>
public sealed record RecordChange(string Feed, string Record, long New, long Changed, long Unchanged, long? Gone);

/// <summary>Tasks that a load would bring or change, by the month in which they were assigned.</summary>
public sealed record MonthChange(string Feed, DateOnly Month, long Tasks);

/// <summary>
/// Compares what a trial loaded with what stood before it, inside the trial. A row is compared by everything but where
/// and when it was delivered; what an older extract brings is unchanged, for it does not come to stand.
/// </summary>
sealed class RowChanges(Workspace trial)
{
    /// <summary>Columns that tell of the delivery, not of the thing.</summary>
    static readonly string[] OfDelivery = ["load_key", "source_key", "row_no", "updated_at"];

    /// <param name="loadKeys">The batches that the trial loaded.</param>
    public async Task PrepareAsync(IReadOnlyList<long> loadKeys, CancellationToken cancel)
    {
        await trial.RunAsync("create temporary table trial_load (load_key bigint)", cancel: cancel);
        foreach (var some in loadKeys.Chunk(500))
            await trial.RunAsync($"insert into trial_load (load_key) values {string.Join(", ", some.Select(key => FormattableString.Invariant($"({key})")))}", cancel: cancel);
        await trial.RunAsync("create temporary table trial_row (source_key bigint, record_code varchar(60), task_key bigint, state_code varchar(10), old_month date, new_month date)", cancel: cancel);
        await trial.RunAsync(Compared(RawTables.Task, "task_key", "assigned_date", RawTables.TaskSuperseded, RawTables.TaskToldAgain, $"or {DetailDiffers} or {AgenciesDiffer}"), cancel: cancel);
        await trial.RunAsync(Compared(RawTables.TaskEvent, "event_key", null, RawTables.TaskEventSuperseded, RawTables.TaskEventToldAgain, ""), cancel: cancel);
        await trial.RunAsync(Compared(RawTables.Agency, "agency_key", null, null, null, ""), cancel: cancel);
    }

    public async Task<IReadOnlyList<RecordChange>> RecordsAsync(CancellationToken cancel)
    {
        const string Sql = """
            select source.feed_code as Feed, trial_row.record_code as Record,
                cast(sum(case when trial_row.state_code = 'new' then 1 else 0 end) as bigint) as Fresh,
                cast(sum(case when trial_row.state_code = 'changed' then 1 else 0 end) as bigint) as Changed,
                cast(sum(case when trial_row.state_code = 'unchanged' then 1 else 0 end) as bigint) as Unchanged
            from trial_row
            join raw.source on trial_row.source_key = source.source_key
            group by source.feed_code, trial_row.record_code
            order by source.feed_code, trial_row.record_code
            """;
        var gone = (await trial.ReadAsync<GoneRow>(Gone, cancel: cancel)).ToDictionary(row => (row.Feed, row.Record), row => row.Missing);
        var rows = await trial.ReadAsync<Row>(Sql, cancel: cancel);
        return [.. rows.Select(row => new RecordChange(row.Feed, row.Record, row.Fresh, row.Changed, row.Unchanged, gone.TryGetValue((row.Feed, row.Record), out var missing) ? missing : null))];
    }

    /// <summary>Months of assignment that the load touches: of new and changed tasks, as they were and as they would be, and of the tasks of new and changed events.</summary>
    public async Task<IReadOnlyList<MonthChange>> MonthsAsync(CancellationToken cancel)
    {
        const string Sql = """
            with touched as (
                select source_key, task_key, old_month as month_start from trial_row where state_code <> 'unchanged' and old_month is not null
                union
                select source_key, task_key, new_month from trial_row where state_code <> 'unchanged' and new_month is not null
                union
                select trial_row.source_key, trial_row.task_key, fn.month_start(task.assigned_date)
                from trial_row
                join raw.task on trial_row.task_key = task.task_key
                left join raw.task_superseded on task.task_key = task_superseded.task_key and task.load_key = task_superseded.load_key
                where trial_row.state_code <> 'unchanged' and task_superseded.task_key is null and task.assigned_date is not null
            )

            select source.feed_code as Feed, touched.month_start as Start, count(*) as Tasks
            from touched
            join raw.source on touched.source_key = source.source_key
            group by source.feed_code, touched.month_start
            order by source.feed_code, touched.month_start
            """;
        return [.. (await trial.ReadAsync<Month>(Sql, cancel: cancel)).Select(row => new MonthChange(row.Feed, row.Start, row.Tasks))];
    }

    /// <summary>One row into trial_row per key that the trial delivered: what stood before it against what stands after.</summary>
    static string Compared(TableShape table, string key, string? day, TableShape? superseded, TableShape? again, string alsoDiffers)
    {
        var differs = string.Join(" or ", table.Columns.Select(column => column.Name).Where(column => column != key && !OfDelivery.Contains(column)).Select(column => Differ("known", "fresh", column)));
        string Standing(string name, string bySuperseding) => superseded is null ? "1 = 1" : $"""
            not exists (select 1 from {superseded.FullName} as gone where gone.{key} = {name}.{key} and gone.load_key = {name}.load_key{bySuperseding})
            """;
        string Month(string name) => day is null ? "cast(null as date)" : $"fn.month_start({name}.{day})";
        var taskKey = table.Columns.Any(column => column.Name == "task_key") ? $"coalesce(fresh.task_key, known.task_key)" : "cast(null as bigint)";
        return $"""
            insert into trial_row (source_key, record_code, task_key, state_code, old_month, new_month)
            with delivered as (
                select told.{key}, max(batch.record_code) as record_code, max(batch.source_key) as source_key
                from ({Told(table, key, again)}) as told
                join trial_load on told.load_key = trial_load.load_key
                join raw.batch on told.load_key = batch.load_key
                where batch.record_code = '{table.Name}' or batch.record_code like '{table.Name}/%'
                group by told.{key}
            ),
            before_it as (
                select known.* from {table.FullName} as known
                where known.load_key not in (select load_key from trial_load)
                    and {Standing("known", " and gone.by_load_key not in (select load_key from trial_load)")}
            ),
            after_it as (
                select fresh.* from {table.FullName} as fresh
                where fresh.load_key in (select load_key from trial_load) and {Standing("fresh", "")}
            ),
            judged as (
                select delivered.source_key, delivered.record_code, {taskKey} as task_key,
                    case when known.{key} is null then 2 when fresh.{key} is not null and ({differs} {alsoDiffers}) then 1 else 0 end as state_no,
                    delivered.{key} as row_key, {Month("known")} as old_month, {Month("fresh")} as new_month
                from delivered
                left join before_it as known on delivered.{key} = known.{key}
                left join after_it as fresh on delivered.{key} = fresh.{key}
            )
            select source_key, record_code, max(task_key), case min(state_no) when 2 then 'new' when 1 then 'changed' else 'unchanged' end, min(old_month), max(new_month)
            from judged
            group by source_key, record_code, row_key
            """;
    }

    /// <summary>Every row that a load delivered, those that told nothing new included.</summary>
    static string Told(TableShape table, string key, TableShape? again) =>
        $"select {key}, load_key from {table.FullName}" + (again is null ? "" : $" union all select {key}, load_key from {again.FullName}");

    static string Differ(string a, string b, string column) => $"({a}.{column} <> {b}.{column} or ({a}.{column} is null and {b}.{column} is not null) or ({a}.{column} is not null and {b}.{column} is null))";

    static string DetailDiffers => $"""
        exists (
            select 1 from (select known.task_key as task_key, known.load_key as known_load, fresh.load_key as fresh_load) as pair
            left join raw.task_detail as a on a.task_key = pair.task_key and a.load_key = pair.known_load
            left join raw.task_detail as b on b.task_key = pair.task_key and b.load_key = pair.fresh_load
            where {string.Join(" or ", RawTables.TaskDetail.Columns.Select(column => column.Name).Where(column => column is not "task_key" and not "load_key").Select(column => Differ("a", "b", column)))})
        """;

    static string AgenciesDiffer
    {
        get
        {
            string Lacks(string a, string b) => $"""
                exists (select 1 from raw.task_agency as one where one.task_key = {a}.task_key and one.load_key = {a}.load_key and not exists (
                    select 1 from raw.task_agency as other where other.task_key = {b}.task_key and other.load_key = {b}.load_key and other.agency_name_key = one.agency_name_key))
                """;
            return $"{Lacks("known", "fresh")} or {Lacks("fresh", "known")}";
        }
    }

    /// <summary>Tasks of files only: an answer of a query holds what changed, so what it lacks is not gone.</summary>
    const string Gone = """
        with days as (
            select batch.source_key, batch.record_code,
                max(case when trial_load.load_key is null then batch.extract_date end) as known_day,
                max(case when trial_load.load_key is not null then batch.extract_date end) as fresh_day
            from raw.batch
            left join trial_load on batch.load_key = trial_load.load_key
            left join raw.load_window on batch.load_key = load_window.load_key
            where load_window.load_key is null and (batch.record_code = 'task' or batch.record_code like 'task/%')
            group by batch.source_key, batch.record_code
        ),
        held as (
            select days.source_key, days.record_code, task.task_key,
                max(case when batch.extract_date = days.known_day and trial_load.load_key is null then 1 else 0 end) as was_held,
                max(case when batch.extract_date = days.fresh_day and trial_load.load_key is not null then 1 else 0 end) as is_held
            from days
            join raw.batch on days.source_key = batch.source_key and days.record_code = batch.record_code
            join (select task_key, load_key from raw.task union all select task_key, load_key from raw.task_told_again) as task on batch.load_key = task.load_key
            left join trial_load on batch.load_key = trial_load.load_key
            where days.fresh_day > days.known_day
            group by days.source_key, days.record_code, task.task_key
        )

        select source.feed_code as Feed, held.record_code as Record, cast(sum(case when was_held = 1 and is_held = 0 then 1 else 0 end) as bigint) as Missing
        from held
        join raw.source on held.source_key = source.source_key
        group by source.feed_code, held.record_code
        """;

    sealed record GoneRow(string Feed, string Record, long Missing);

    sealed record Row(string Feed, string Record, long Fresh, long Changed, long Unchanged);

    sealed class Month
    {
        public string Feed { get; set; } = "";
        public DateOnly Start { get; set; }
        public long Tasks { get; set; }
    }
}
