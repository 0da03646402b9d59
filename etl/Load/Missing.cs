using Warehouse.Engines;

namespace Etl.Load;

/// <summary>
/// Notes the tasks that an extract leaves out although the one before it in the same list had them, where the feed says
/// that lists are whole. A row that was refused or withheld is not left out.
/// </summary>
sealed class Missing(Workspace workspace, object parameters)
{
    /// <summary>The list's extracts by their days, but those with a refused row whose key could not be read: it may be any task.</summary>
    const string Lists = """
        select batch.load_key, batch.extract_date,
            lag(batch.load_key) over (order by batch.extract_date, batch.load_key) as earlier_load_key
        from raw.batch
        join raw.batch as this_batch
            on batch.source_key = this_batch.source_key
            and batch.record_code = this_batch.record_code
            and batch.list_name = this_batch.list_name
        left join (
            select load_key
            from raw.quarantine
            where record_key is null
            group by load_key
        ) as unreadable on batch.load_key = unreadable.load_key
        where this_batch.load_key = @loadKey and unreadable.load_key is null
        """;

    /// <summary>The tasks that each extract has in any form.</summary>
    const string Present = """
        select task_key, load_key from raw.task
        union
        select task_key, load_key from raw.task_told_again
        union
        select task_key, load_key from raw.withheld_task
        union
        select record_key as task_key, load_key from raw.quarantine where record_key is not null
        """;

    /// <summary>Notes what this extract leaves out, and what the one after it does: which is known only now where this one came late.</summary>
    public async Task NoteAsync(CancellationToken cancel)
    {
        var pairs = $"select load_key, earlier_load_key from ({Lists}) as lists where load_key = @loadKey or earlier_load_key = @loadKey";
        await DoAsync($"insert into raw.settled_key (record_key) select task_key from raw.task_absence where load_key in (select load_key from ({pairs}) as pairs)", cancel);
        await DoAsync($"delete from raw.task_absence where load_key in (select load_key from ({pairs}) as pairs)", cancel);
        await DoAsync($"""
            insert into raw.task_absence (task_key, load_key)
            select earlier.task_key, pairs.load_key
            from ({pairs}) as pairs
            join ({Present}) as earlier on pairs.earlier_load_key = earlier.load_key
            join (select task_key from raw.task group by task_key) as known on earlier.task_key = known.task_key
            left join ({Present}) as present on earlier.task_key = present.task_key and pairs.load_key = present.load_key
            where present.task_key is null
            """, cancel);
        await DoAsync($"insert into raw.settled_key (record_key) select task_key from raw.task_absence where load_key in (select load_key from ({pairs}) as pairs)", cancel);
    }

    Task<int> DoAsync(string sql, CancellationToken cancel) => workspace.RunAsync(sql, parameters, cancel);
}
