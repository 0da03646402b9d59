-- One row per task and co-operating agency; only the lead agency of fact_task is ever counted.
-- kind: table
-- key: task_key, agency_name_key
-- slice: task_key
-- Of a chain of re-entries the newest one names them.
with entries as (
    select
        current_task.task_key, coalesce(carried_task.newest_key, current_task.task_key) as entry_key,
        current_task.load_key, current_task.assigned_date
    from staging.current_task
    left join staging.carried_task on current_task.task_key = carried_task.root_key
),

co_agencies as (
    select distinct entries.task_key, task_agency.agency_name_key, entries.assigned_date
    from entries
    join raw.task_agency
        on entries.entry_key = task_agency.task_key
        and entries.load_key = task_agency.load_key
),

resolved as (
    select
        co_agencies.task_key,
        co_agencies.agency_name_key,
        coalesce(agency_name_day.agency_key, 0) as agency_key      -- 0 = unknown agency, listed for review
    from co_agencies
    left join staging.agency_name_day
        on co_agencies.agency_name_key = agency_name_day.agency_name_key
        and co_agencies.assigned_date >= agency_name_day.valid_from
        and co_agencies.assigned_date < agency_name_day.valid_to
)

select * from resolved
