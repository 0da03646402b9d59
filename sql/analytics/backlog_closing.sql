-- One row per month, source, province, agency and year of assignment: the tasks that were open when the month closed.
-- kind: view
-- key: month_end_date, source_key, province_key, agency_key, assigned_date
-- At month ends by the counts made in advance; what is open on the newest day by the spans themselves.
with months as (
    select source_key, month_start_date, month_end_date, closing_date
    from analytics.backlog_month
),

closings as (
    select
        months.month_start_date, months.month_end_date, fact_task_count.source_key, fact_task_count.province_key,
        fact_task_count.agency_key, fn.year_start(fact_task_count.assigned_date) as assigned_date,
        cast(sum(cast(fact_task_count.task_count as bigint)) as bigint) as task_count
    from warehouse.fact_task_count
    join months
        on fact_task_count.source_key = months.source_key
        and fact_task_count.valid_from <= months.closing_date
        and fact_task_count.valid_to > months.closing_date
    where fact_task_count.is_open = 1 and months.closing_date = months.month_end_date
    group by
        months.month_start_date, months.month_end_date, fact_task_count.source_key, fact_task_count.province_key,
        fact_task_count.agency_key, fn.year_start(fact_task_count.assigned_date)
    union all
    select
        months.month_start_date, months.month_end_date, fact_task_state.source_key, fact_task_state.province_key,
        fact_task_state.agency_key, fn.year_start(fact_task_state.assigned_date) as assigned_date,
        cast(count(*) as bigint) as task_count
    from warehouse.fact_task_state
    join months
        on fact_task_state.source_key = months.source_key
        and fact_task_state.valid_from <= months.closing_date
        and fact_task_state.valid_to > months.closing_date
    where fact_task_state.is_open = 1 and months.closing_date < months.month_end_date
    group by
        months.month_start_date, months.month_end_date, fact_task_state.source_key, fact_task_state.province_key,
        fact_task_state.agency_key, fn.year_start(fact_task_state.assigned_date)
)

select * from closings
