-- One row per printed figure that the warehouse should equal, with the warehouse's own count of that province and period.
-- kind: table
-- key: total_code, item_code
with figures as (
    select
        total_code, item_code, source_key, province_key, printed_value, tolerance, period_from, period_to, as_of_date
    from warehouse.fact_published_total
    where is_compared = 1
),

task_sources as (
    select source_key
    from warehouse.dim_load
    where record_code like 'task%'
    group by source_key
),

totals as (
    select
        figures.total_code, figures.source_key, figures.province_key, figures.period_from, figures.period_to,
        figures.as_of_date,
        max(case when task_sources.source_key is null then 0 else 1 end) as has_own_tasks
    from figures
    left join task_sources on figures.source_key = task_sources.source_key
    group by figures.total_code, figures.source_key, figures.province_key, figures.period_from, figures.period_to,
        figures.as_of_date
),

-- Totals that come with a list of tasks are about that list; others are about their province.
matched as (
    select
        totals.total_code, totals.period_from, totals.period_to, totals.as_of_date,
        fact_task_state.is_open, fact_task_state.is_completed, fact_task_state.is_late,
        fact_task_state.overdue_from, fact_task_state.assigned_date, fact_task_state.valid_from,
        fact_task_state.valid_to
    from totals
    join warehouse.fact_task_state on totals.source_key = fact_task_state.source_key
    where totals.has_own_tasks = 1
    union all
    select
        totals.total_code, totals.period_from, totals.period_to, totals.as_of_date,
        fact_task_state.is_open, fact_task_state.is_completed, fact_task_state.is_late,
        fact_task_state.overdue_from, fact_task_state.assigned_date, fact_task_state.valid_from,
        fact_task_state.valid_to
    from totals
    join warehouse.fact_task_state on totals.province_key = fact_task_state.province_key
    where totals.has_own_tasks = 0
),

counted as (
    select
        total_code,
        sum(case when is_open = 1 or is_completed = 1 then 1 else 0 end) as assigned,
        sum(is_completed) as completed,
        sum(case when is_completed = 1 and is_late = 1 then 1 else 0 end) as completed_late,
        sum(is_open) as open_count,
        sum(case when is_open = 1 and overdue_from <= as_of_date then 1 else 0 end) as open_overdue
    from matched
    where assigned_date >= period_from
        and assigned_date <= period_to
        and valid_from <= as_of_date
        and valid_to > as_of_date
    group by total_code
),

compared as (
    select
        figures.total_code,
        figures.item_code,
        figures.printed_value,
        case figures.item_code
            when 'assigned' then counted.assigned
            when 'completed' then counted.completed
            when 'completed_late' then counted.completed_late
            when 'open' then counted.open_count
            when 'open_overdue' then counted.open_overdue
        end as counted_value,
        figures.tolerance
    from figures
    join counted on figures.total_code = counted.total_code
),

judged as (
    select
        total_code,
        item_code,
        printed_value,
        cast(counted_value as bigint) as counted_value,
        printed_value - counted_value as gap,
        case when abs(printed_value - counted_value) <= tolerance then 1 else 0 end as is_within_tolerance
    from compared
    where counted_value is not null
)

select * from judged
