-- One row per month, source, province, agency and year of assignment: the tasks that were open when the month closed.
-- kind: view
-- key: month_end_date, source_key, province_key, agency_key, assigned_date
-- At month ends by the counts made in advance; what is open on the newest day by the spans themselves.
with months as (
    select source_key, month_start_date, month_end_date, closing_date
    from analytics.backlog_month
),

-- Open at a month's end is what came in its month or before and went in a later one: so spans are summed by months first.
stays as (
    select
        source_key, province_key, agency_key, fn.year_start(assigned_date) as assigned_date, fn.month_end(valid_from) as came_month_end_date,
        fn.month_start(valid_to) as gone_month_date, sum(cast(task_count as bigint)) as task_count
    from warehouse.fact_task_count
    where is_open = 1
    group by
        source_key, province_key, agency_key, fn.year_start(assigned_date), fn.month_end(valid_from), fn.month_start(valid_to)
),

closings as (
    select
        months.month_start_date, months.month_end_date, stays.source_key, stays.province_key, stays.agency_key,
        stays.assigned_date, cast(sum(stays.task_count) as bigint) as task_count
    from stays
    join months
        on stays.source_key = months.source_key
        and stays.came_month_end_date <= months.closing_date
        and stays.gone_month_date > months.closing_date
    where months.closing_date = months.month_end_date
    group by
        months.month_start_date, months.month_end_date, stays.source_key, stays.province_key, stays.agency_key,
        stays.assigned_date
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
