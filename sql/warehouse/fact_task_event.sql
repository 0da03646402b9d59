-- One row per event that a source recorded of a task, in the order in which things happened.
-- kind: table
-- key: event_key
-- slice: task_key
-- replaced: changed
with events as (
    select
        event_key, task_key, load_key, source_key, agency_name_key, document_key, row_no, event_code, lifecycle_code,
        cause_code, percent_done, event_date, due_date, overdue_date, old_due_date, recorded_date, event_at, due_at,
        is_new_deadline, is_hand_over, is_from_difference, rank_in_day, extract_date
    from staging.task_event
),

-- Events of a carried-over entry belong to the first task of its chain.
rooted as (
    select coalesce(task_chain.root_key, events.task_key) as root_key, events.*
    from events
    left join staging.task_chain on events.task_key = task_chain.task_key
),

resolved as (
    select
        rooted.event_key,
        rooted.root_key as task_key,
        rooted.load_key,
        rooted.source_key,
        coalesce(current_task.province_key, 0) as province_key,
        case when rooted.agency_name_key is not null then coalesce(agency_name_day.agency_key, 0) end as agency_key,
        coalesce(rooted.document_key, 0) as document_key,
        rooted.event_code,
        rooted.lifecycle_code,
        rooted.cause_code,
        rooted.percent_done,
        rooted.rank_in_day,
        rooted.is_new_deadline,
        rooted.is_hand_over,
        rooted.is_from_difference,
        case when current_task.task_key is null then 1 else 0 end as is_orphan,
        rooted.event_date,
        rooted.due_date,
        rooted.overdue_date,
        rooted.old_due_date,
        rooted.recorded_date,
        rooted.extract_date,
        rooted.event_at,
        rooted.due_at,
        rooted.row_no
    from rooted
    left join staging.current_task on rooted.root_key = current_task.task_key
    left join staging.agency_name_day
        on rooted.agency_name_key = agency_name_day.agency_name_key
        and rooted.event_date >= agency_name_day.valid_from
        and rooted.event_date < agency_name_day.valid_to
)

select * from resolved
