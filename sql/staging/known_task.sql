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

-- Chains of re-entries are not held against each other, as in task_delivery.
chained as (
    select task_key from staging.task_chain
    union
    select root_key as task_key from staging.task_chain
),

-- On the day of an extract that has the task, one that lacks it says nothing.
absences as (
    select distinct task_absence.task_key, coalesce(batch.extract_date, cast('1900-01-01' as date)) as known_from
    from raw.task_absence
    join raw.batch on task_absence.load_key = batch.load_key
    join conference_sources on batch.source_key = conference_sources.source_key
    left join chained on task_absence.task_key = chained.task_key
    left join deliveries
        on task_absence.task_key = deliveries.task_key
        and coalesce(batch.extract_date, cast('1900-01-01' as date)) = deliveries.known_from
    where chained.task_key is null and deliveries.task_key is null
),

days as (
    select task_key, known_from, known_from as told_from
    from deliveries
    where recency = 1
    union all
    select task_key, known_from, case when 1 = 0 then known_from end as told_from
    from absences
),

followed as (
    select
        task_key, told_from,
        lead(known_from, 1, cast('9999-12-31' as date)) over (partition by task_key order by known_from) as missed_or_told_from,
        min(told_from) over (
            partition by task_key order by known_from rows between 1 following and unbounded following
        ) as told_again_from
    from days
),

-- A task that leaves the extracts when it is closed was put away by its source; one that leaves them open is gone.
spans as (
    select
        deliveries.task_key, deliveries.load_key, deliveries.source_key, deliveries.parent_key,
        deliveries.province_key, deliveries.agency_name_key, deliveries.programme_key, deliveries.task_kind_key,
        deliveries.task_code, deliveries.title, deliveries.lifecycle_code, deliveries.requires_confirmation,
        deliveries.is_deleted, deliveries.assigned_date, deliveries.due_date, deliveries.overdue_date,
        deliveries.due_original_date, deliveries.due_original_overdue_date, deliveries.reported_date,
        deliveries.completed_date, deliveries.withdrawn_date, deliveries.due_at, deliveries.reported_at,
        deliveries.completed_at, deliveries.known_from,
        case
            when deliveries.lifecycle_code in ('completed', 'withdrawn', 'recalled', 'transferred', 'deleted')
                then coalesce(followed.told_again_from, cast('9999-12-31' as date))
            else followed.missed_or_told_from
        end as known_to
    from deliveries
    join followed
        on deliveries.task_key = followed.task_key
        and deliveries.known_from = followed.told_from
    where deliveries.recency = 1
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
