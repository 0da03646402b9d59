-- One row per event delivery of a source with conferences, and the timespan of extracts in which it was the newest (half-open days).
-- kind: table
-- key: event_key, known_from
-- first_date: the first extract of the events' record, from which the locks before it are reconstructed.
with conference_sources as (
    select source_key
    from raw.conference
    group by source_key
),

first_extracts as (
    select source_key, record_code, min(coalesce(extract_date, cast('1900-01-01' as date))) as first_date
    from raw.batch
    group by source_key, record_code
),

deliveries as (
    select
        task_event.event_key, coalesce(task_chain.root_key, task_event.task_key) as task_key, task_event.source_key,
        task_event.agency_name_key, task_event.row_no, task_event.event_code, task_event.lifecycle_code,
        task_event.percent_done, coalesce(task_event.has_content, 0) as has_content, task_event.event_date,
        task_event.due_date, task_event.overdue_date, task_event.old_due_date, task_event.event_at, task_event.due_at,
        coalesce(task_event.recorded_date, task_event.event_date) as entered_date,
        first_extracts.first_date, coalesce(batch.extract_date, cast('1900-01-01' as date)) as known_from,
        row_number() over (
            partition by task_event.event_key, coalesce(batch.extract_date, cast('1900-01-01' as date))
            order by task_event.load_key desc
        ) as recency
    from raw.task_event
    join conference_sources on task_event.source_key = conference_sources.source_key
    join raw.batch on task_event.load_key = batch.load_key
    join first_extracts
        on batch.source_key = first_extracts.source_key and batch.record_code = first_extracts.record_code
    left join staging.task_chain on task_event.task_key = task_chain.task_key
),

-- What sets a deadline or hands a task over, and the order within a day, are as in staging.task_event.
spans as (
    select
        event_key, task_key, source_key, agency_name_key, row_no, event_code, lifecycle_code, percent_done, has_content,
        case
            when due_date is not null
                and event_code in ('assigned', 'reassigned', 'handed_over', 'started', 'extended', 'suspended', 'resumed',
                    'confirmation_refused', 'redo', 'reopened') then 1
            else 0
        end as is_new_deadline,
        case
            when agency_name_key is not null and event_code in ('assigned', 'reassigned', 'handed_over') then 1
            else 0
        end as is_hand_over,
        case when event_code in ('progress', 'obstacle', 'reported', 'deadline_reported') then 1 else 0 end as is_update,
        case event_code
            when 'assigned' then 1 when 'assignment_refused' then 2 when 'reassigned' then 3 when 'handed_over' then 3
            when 'started' then 4 when 'resumed' then 4 when 'extended' then 5 when 'suspended' then 6
            when 'reported' then 7 when 'confirmation_refused' then 8 when 'redo' then 9 when 'confirmed' then 10
            when 'completed' then 10 when 'reopened' then 11 else 12
        end as rank_in_day,
        event_date, entered_date, due_date, overdue_date, old_due_date, first_date, known_from,
        lead(known_from, 1, cast('9999-12-31' as date)) over (partition by event_key order by known_from) as known_to,
        event_at, due_at
    from deliveries
    where recency = 1
)

select * from spans
