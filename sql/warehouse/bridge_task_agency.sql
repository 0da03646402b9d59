-- One row per task and co-operating agency; only the lead agency of fact_task is ever counted.
-- kind: table
-- key: task_key, agency_name_key
with co_agencies as (
    select distinct task_agency.task_key, task_agency.agency_name_key, current_task.assigned_date
    from raw.task_agency
    join staging.current_task
        on task_agency.task_key = current_task.task_key
        and task_agency.load_key = current_task.load_key
),

resolved as (
    select
        co_agencies.task_key,
        co_agencies.agency_name_key,
        coalesce(dim_agency.agency_key, 0) as agency_key      -- 0 = unknown agency, listed for review
    from co_agencies
    left join staging.agency_alias
        on co_agencies.agency_name_key = agency_alias.agency_name_key
        and co_agencies.assigned_date >= agency_alias.valid_from
        and co_agencies.assigned_date < agency_alias.valid_to
    left join warehouse.dim_agency
        on agency_alias.agency_code = dim_agency.agency_code
        and co_agencies.assigned_date >= dim_agency.valid_from
        and co_agencies.assigned_date < dim_agency.valid_to
)

select * from resolved
