-- One row per province of the 34, province as it was and month of assignment: its tasks as they stand today, cast back to the first year.
-- kind: table
-- key: panel_province_key, province_key, assigned_month
-- slice: sum
-- Summed over province_key it is the series of the 34. Counts add, so it is exact; a rate is divided after adding.
with tasks as (
    select
        province_key, fn.month_start(assigned_date) as assigned_month,
        cast(sum(case when is_open = 1 or is_completed = 1 then 1 else 0 end) as bigint) as assigned_count,
        cast(sum(is_completed) as bigint) as completed_count,
        cast(sum(is_open) as bigint) as open_count
    from warehouse.fact_task_state
    where valid_to = cast('9999-12-31' as date) and (is_open = 1 or is_completed = 1)
    group by province_key, fn.month_start(assigned_date)
),

panel as (
    select
        bridge_province_view.shown_province_key as panel_province_key, tasks.province_key, tasks.assigned_count,
        tasks.completed_count, tasks.open_count, tasks.assigned_month
    from tasks
    join warehouse.bridge_province_view
        on tasks.province_key = bridge_province_view.province_key
        and bridge_province_view.view_code = 'panel'
)

select * from panel
