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

named as (
    select
        co_agencies.task_key, co_agencies.agency_name_key, agency_alias.agency_code,
        case
            when co_agencies.assigned_date < agency_alias.valid_from then agency_alias.valid_from
            else co_agencies.assigned_date
        end as agency_date
    from co_agencies
    left join staging.agency_alias
        on co_agencies.agency_name_key = agency_alias.agency_name_key
        and co_agencies.assigned_date >= agency_alias.understood_from
        and co_agencies.assigned_date < agency_alias.valid_to
),

resolved as (
    select
        named.task_key,
        named.agency_name_key,
        coalesce(dim_agency.agency_key, 0) as agency_key      -- 0 = unknown agency, listed for review
    from named
    left join warehouse.dim_agency
        on named.agency_code = dim_agency.agency_code
        and named.agency_date >= dim_agency.valid_from
        and named.agency_date < dim_agency.valid_to
)

select * from resolved
