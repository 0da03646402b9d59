-- One row per open task and month end, with the lateness that it had on that day (periodic snapshot).
-- kind: view
-- key: task_key, month_end_date
-- Nothing is said of a source beyond its newest extract of tasks or events, and nothing of sources that deliver closed cases only.
with sources as (
    select source_key, newest_date
    from warehouse.dim_source_reach
),

month_ends as (
    select dim_date.calendar_date as month_end_date
    from warehouse.dim_date
    where dim_date.is_month_end = 1
        and dim_date.calendar_date >= (select min(assigned_date) from warehouse.fact_task_state)
        and dim_date.calendar_date <= (select max(newest_date) from sources)
),

open_tasks as (
    select
        month_ends.month_end_date,
        fact_task_state.task_key,
        fact_task_state.source_key,
        fact_task_state.province_key,
        fact_task_state.agency_key,
        fact_task_state.task_kind_key,
        fact_task_state.assigner_level_key,
        fact_task_state.has_deadline,
        case when fact_task_state.overdue_from <= month_ends.month_end_date then 1 else 0 end as is_overdue,
        fact_task_state.assigned_date,
        fact_task_state.due_date
    from warehouse.fact_task_state
    join sources on fact_task_state.source_key = sources.source_key
    join month_ends
        on month_ends.month_end_date >= fact_task_state.valid_from
        and month_ends.month_end_date < fact_task_state.valid_to
        and month_ends.month_end_date <= sources.newest_date
    where fact_task_state.is_open = 1
)

select * from open_tasks
