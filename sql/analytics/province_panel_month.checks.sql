-- check: no task is joined to a province by its number across 1 July 2025 | error
select
    fact_task.task_key, fact_task.source_key, dim_province.province_name, dim_province.gso_code,
    fact_task.assigned_date, dim_province.valid_from, dim_province.valid_to
from warehouse.fact_task
join warehouse.dim_province on fact_task.province_key = dim_province.province_key
where fact_task.assigned_date < dim_province.valid_from or fact_task.assigned_date >= dim_province.valid_to

-- check: the 34 provinces are the sum of their 63 parts | error
with panel_versions as (
    select province_key, gso_code
    from warehouse.dim_province
    where valid_from <= cast('2025-07-01' as date) and valid_to > cast('2025-07-01' as date)
),

-- By the list of mergers alone, without the bridge: a number belongs to a province within its own time only.
listed as (
    select dim_province.province_key, panel_versions.province_key as panel_province_key
    from warehouse.dim_province
    join raw.province_merger on dim_province.gso_code = province_merger.old_gso_code
    join panel_versions on province_merger.new_gso_code = panel_versions.gso_code
    where dim_province.valid_from < province_merger.effective_date
    union all
    select dim_province.province_key, panel_versions.province_key as panel_province_key
    from warehouse.dim_province
    join panel_versions on dim_province.gso_code = panel_versions.gso_code
    where dim_province.valid_from >= cast('2025-07-01' as date)
),

compared as (
    select panel_province_key, assigned_month, assigned_count, completed_count, open_count
    from analytics.province_panel_month
    where panel_province_key <> 0
    union all
    select
        listed.panel_province_key, fn.month_start(fact_task_state.assigned_date) as assigned_month,
        case when is_open = 1 or is_completed = 1 then -1 else 0 end as assigned_count,
        -is_completed as completed_count, -is_open as open_count
    from warehouse.fact_task_state
    join listed on fact_task_state.province_key = listed.province_key
    where fact_task_state.valid_to = cast('9999-12-31' as date)
)

select panel_province_key, assigned_month, sum(assigned_count) as assigned_difference
from compared
group by panel_province_key, assigned_month
having sum(assigned_count) <> 0 or sum(completed_count) <> 0 or sum(open_count) <> 0
