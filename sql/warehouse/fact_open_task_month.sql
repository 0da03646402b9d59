-- One row per open task and month end, with the age and lateness that it had on that day (periodic snapshot).
-- kind: snapshot month
-- key: task_key, month_end_date
-- Nothing is said of a source beyond its newest extract of tasks or events, and nothing of sources that deliver closed cases only.
with sources as (
    select dim_source.source_key
    from warehouse.dim_source
    join warehouse.dim_load on dim_source.source_key = dim_load.source_key
    where dim_source.is_trend_only = 0 and dim_load.record_code like 'task%'
    group by dim_source.source_key
    having max(dim_load.extract_date) >= {month_end}
),

open_tasks as (
    select
        {month_end} as month_end_date,
        fact_task_state.task_key,
        fact_task_state.source_key,
        fact_task_state.province_key,
        fact_task_state.agency_key,
        fact_task_state.task_kind_key,
        fact_task_state.assigner_level_key,
        fact_task_state.has_deadline,
        case when fact_task_state.overdue_from <= {month_end} then 1 else 0 end as is_overdue,
        fact_task_state.assigned_date,
        fact_task_state.due_date
    from warehouse.fact_task_state
    join sources on fact_task_state.source_key = sources.source_key
    where fact_task_state.is_open = 1
        and fact_task_state.valid_from <= {month_end}
        and fact_task_state.valid_to > {month_end}
)

select * from open_tasks
