-- One row per event that a source recorded of a task, in the order in which things happened.
-- kind: table
-- key: event_key
-- slice: task_key
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

named as (
    select
        rooted.*, agency_alias.agency_code,
        case when rooted.event_date < agency_alias.valid_from then agency_alias.valid_from else rooted.event_date end
            as agency_date
    from rooted
    left join staging.agency_alias
        on rooted.agency_name_key = agency_alias.agency_name_key
        and rooted.event_date >= agency_alias.understood_from
        and rooted.event_date < agency_alias.valid_to
),

resolved as (
    select
        named.event_key,
        named.root_key as task_key,
        named.load_key,
        named.source_key,
        coalesce(current_task.province_key, 0) as province_key,
        case when named.agency_name_key is not null then coalesce(dim_agency.agency_key, 0) end as agency_key,
        coalesce(named.document_key, 0) as document_key,
        named.event_code,
        named.lifecycle_code,
        named.cause_code,
        named.percent_done,
        named.rank_in_day,
        named.is_new_deadline,
        named.is_hand_over,
        named.is_from_difference,
        case when current_task.task_key is null then 1 else 0 end as is_orphan,
        named.event_date,
        named.due_date,
        named.overdue_date,
        named.old_due_date,
        named.recorded_date,
        named.extract_date,
        named.event_at,
        named.due_at,
        named.row_no
    from named
    left join staging.current_task on named.root_key = current_task.task_key
    left join warehouse.dim_agency
        on named.agency_code = dim_agency.agency_code
        and named.agency_date >= dim_agency.valid_from
        and named.agency_date < dim_agency.valid_to
)

select * from resolved
