-- One row per task delivery of a source with conferences, and the timespan of extracts in which it was the newest (half-open days).
-- kind: table
-- key: task_key, known_from
with conference_sources as (
    select source_key
    from raw.conference
    group by source_key
),

deliveries as (
    select
        task.task_key, task.load_key, task.source_key, task.parent_key, task.province_key, task.agency_name_key,
        task.programme_key, task.task_kind_key, task.task_code, task.title, task.lifecycle_code, task.requires_confirmation, task.is_deleted,
        task.assigned_date, task.due_date, task.overdue_date, task.due_original_date, task.due_original_overdue_date,
        task.reported_date, task.completed_date, task.withdrawn_date, task.due_at, task.reported_at, task.completed_at,
        coalesce(batch.extract_date, cast('1900-01-01' as date)) as known_from,
        row_number() over (
            partition by task.task_key, coalesce(batch.extract_date, cast('1900-01-01' as date))
            order by
                coalesce(task.updated_at, fn.start_of_day(coalesce(batch.extract_date, cast('1900-01-01' as date)))) desc,
                task.load_key desc
        ) as recency
    from raw.task
    join raw.batch on task.load_key = batch.load_key
    join conference_sources on task.source_key = conference_sources.source_key
),

spans as (
    select
        task_key, load_key, source_key, parent_key, province_key, agency_name_key, programme_key, task_kind_key,
        task_code, title, lifecycle_code, requires_confirmation, is_deleted, assigned_date, due_date, overdue_date, due_original_date,
        due_original_overdue_date, reported_date, completed_date, withdrawn_date, due_at, reported_at, completed_at,
        known_from,
        lead(known_from, 1, cast('9999-12-31' as date)) over (partition by task_key order by known_from) as known_to
    from deliveries
    where recency = 1
),

-- The day on which the row says that the task was closed; one without a day is closed by its extract, as in fact_task_plain_span.
closed as (
    select
        spans.*,
        case
            when lifecycle_code = 'completed' then coalesce(completed_date, reported_date, known_from)
            when lifecycle_code in ('withdrawn', 'recalled') and due_date < known_from
                then coalesce(withdrawn_date, completed_date, due_date)
            when lifecycle_code in ('withdrawn', 'recalled', 'transferred')
                then coalesce(withdrawn_date, completed_date, known_from)
        end as closed_date
    from spans
)

select * from closed
