-- One row per change of a task's deadline and stretch of days on which it was believed: old and new, when, how it was found.
-- kind: table
-- key: event_key, known_from
-- slice: task_key
-- A source's own record is believed from the extract that brought it until one that tells it differently.
with replaced as (
    select task_event_superseded.event_key, task_event_superseded.load_key, min(batch.extract_date) as extract_date
    from raw.task_event_superseded
    join raw.batch on task_event_superseded.by_load_key = batch.load_key
    group by task_event_superseded.event_key, task_event_superseded.load_key
),

recorded as (
    select
        task_event.event_key, coalesce(task_chain.root_key, task_event.task_key) as task_key, task_event.source_key,
        task_event.event_code, task_event.cause_code, task_event.event_text, task_event.document_key,
        task_event.event_date, task_event.old_due_date, task_event.due_date, task_event.recorded_date,
        coalesce(batch.extract_date, cast('1900-01-01' as date)) as known_from,
        coalesce(replaced.extract_date, cast('9999-12-31' as date)) as known_to
    from raw.task_event
    join raw.batch on task_event.load_key = batch.load_key
    left join replaced
        on task_event.event_key = replaced.event_key
        and task_event.load_key = replaced.load_key
    join raw.event_kind on task_event.event_code = event_kind.event_code
    left join staging.task_chain on task_event.task_key = task_chain.task_key
    where task_event.due_date is not null and event_kind.may_change_deadline = 1
),

-- Extracts of one day tell one state: the last of them stands.
told as (
    select
        event_key, task_key, source_key, event_code, cause_code, event_text, document_key, event_date,
        old_due_date, due_date, recorded_date, known_from, known_to, 'source' as detected_by
    from recorded
    where known_from < known_to
    union all
    select
        event_key, task_key, source_key, event_code, cause_code, event_text, document_key, event_date,
        old_due_date, due_date, recorded_date, extract_date as known_from, cast('9999-12-31' as date) as known_to,
        'difference' as detected_by
    from staging.task_event
    where is_from_difference = 1 and is_new_deadline = 1 and event_code <> 'assigned'
),

-- The deadline that was in force before, where the record does not say it: that of the change before, else the first one.
ordered as (
    select
        told.*,
        lag(due_date) over (partition by task_key, known_to order by event_date, event_key) as earlier_due_date
    from told
),

changes as (
    select
        ordered.event_key, ordered.task_key, ordered.source_key,
        coalesce(fact_task.province_key, 0) as province_key, coalesce(fact_task.agency_key, 0) as agency_key,
        coalesce(ordered.document_key, 0) as document_key,
        ordered.event_code, ordered.detected_by, ordered.cause_code, ordered.event_text,
        ordered.event_date as change_date,
        case
            when ordered.detected_by = 'difference' then ordered.old_due_date
            else coalesce(ordered.old_due_date, ordered.earlier_due_date, fact_task.due_original_date)
        end as old_due_date,
        ordered.due_date as new_due_date, ordered.recorded_date, ordered.known_from, ordered.known_to
    from ordered
    left join warehouse.fact_task on ordered.task_key = fact_task.task_key
),

judged as (
    select
        changes.*,
        case when new_due_date > old_due_date then 1 else 0 end as is_extension,
        case when event_text is null and cause_code is null and document_key = 0 then 0 else 1 end as has_reason,
        case when change_date > old_due_date then 1 else 0 end as is_after_deadline
    from changes
)

select * from judged
