-- One row per task and extract that changed what was known of it, for tasks that more than one extract changed.
-- kind: table
-- key: task_key, known_from
-- slice: task_key
-- Of a chain of re-entries the first task stands for all of them. load_key: one of the loads of that day that told of it.
with told_again as (
    select task_key from raw.task_superseded
    union
    select task_key from raw.task_absence
    union
    select task_key from raw.task_event
    union
    select task_key from staging.task_chain
    union
    select root_key as task_key from staging.task_chain
),

tellings as (
    select task.task_key, task.load_key
    from told_again
    join raw.task on told_again.task_key = task.task_key
    union
    select task_key, load_key from raw.task_event
    union
    select task_key, load_key from raw.task_absence
),

days as (
    select
        coalesce(task_chain.root_key, tellings.task_key) as task_key,
        coalesce(batch.extract_date, cast('1900-01-01' as date)) as known_from,
        max(tellings.load_key) as load_key
    from tellings
    join raw.batch on tellings.load_key = batch.load_key
    left join staging.task_chain on tellings.task_key = task_chain.task_key
    group by
        coalesce(task_chain.root_key, tellings.task_key), coalesce(batch.extract_date, cast('1900-01-01' as date))
),

spanned as (
    select
        task_key, load_key, known_from,
        lead(known_from, 1, cast('9999-12-31' as date)) over (partition by task_key order by known_from) as known_to,
        row_number() over (partition by task_key order by known_from) as telling_no,
        count(*) over (partition by task_key) as day_count
    from days
),

several as (
    select task_key, load_key, known_from, known_to, telling_no
    from spanned
    where day_count > 1
)

select * from several
