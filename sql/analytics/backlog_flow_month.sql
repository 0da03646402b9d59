-- One row per month, source, province, agency and year of assignment: open tasks at its beginning and end, and what came and went between.
-- kind: table
-- key: month_end_date, source_key, province_key, agency_key, assigned_year
-- Opening and closing are counted from the spans, the flows from fact_task_flow: a check holds that they meet. The month of a
-- source's newest extract closes on its day; assigned_date is the first day of the year. Drill down: flows in fact_task_flow, closings in fact_open_task_month.
with months as (
    select source_key, month_start_date, month_end_date, closing_date
    from analytics.backlog_month
),

closings as (
    select month_start_date, month_end_date, source_key, province_key, agency_key, assigned_date, task_count
    from analytics.backlog_closing
),

-- What is dated after a source's newest extract is of no day yet.
counted as (
    select source_key, province_key, agency_key, flow_code, flow_month_date, assigned_date, flow_count
    from warehouse.fact_task_flow_count
    union all
    select
        fact_task_flow.source_key, fact_task_flow.province_key, fact_task_flow.agency_key, fact_task_flow.flow_code,
        fn.month_start(fact_task_flow.flow_date) as flow_month_date,
        fn.year_start(fact_task_flow.assigned_date) as assigned_date, -1 as flow_count
    from warehouse.fact_task_flow
    join warehouse.dim_source_reach
        on fact_task_flow.source_key = dim_source_reach.source_key
        and fact_task_flow.flow_date > dim_source_reach.newest_date
),

flows as (
    select
        flow_month_date as month_start_date, flow_code, source_key, province_key, agency_key, assigned_date,
        cast(sum(cast(flow_count as bigint)) as bigint) as task_count
    from counted
    group by flow_month_date, flow_code, source_key, province_key, agency_key, assigned_date
    having sum(cast(flow_count as bigint)) <> 0
),

entries as (
    select month_start_date, 'closing' as entry_code, source_key, province_key, agency_key, assigned_date, task_count
    from closings
    union all
    select
        fn.add_days(month_end_date, 1) as month_start_date, 'opening' as entry_code, source_key, province_key,
        agency_key, assigned_date, task_count
    from closings
    union all
    select month_start_date, flow_code as entry_code, source_key, province_key, agency_key, assigned_date, task_count
    from flows
),

summed as (
    select
        months.month_end_date,
        entries.source_key,
        entries.province_key,
        entries.agency_key,
        fn.year_of(entries.assigned_date) as assigned_year,
        cast(sum(case when entries.entry_code = 'opening' then entries.task_count else 0 end) as bigint) as opening_count,
        cast(sum(case when entries.entry_code = 'new' then entries.task_count else 0 end) as bigint) as new_count,
        cast(sum(case when entries.entry_code = 'reopened' then entries.task_count else 0 end) as bigint) as reopened_count,
        cast(sum(case when entries.entry_code = 'transferred_in' then entries.task_count else 0 end) as bigint) as transferred_in_count,
        cast(sum(case when entries.entry_code = 'completed' then entries.task_count else 0 end) as bigint) as completed_count,
        cast(sum(case when entries.entry_code = 'withdrawn' then entries.task_count else 0 end) as bigint) as withdrawn_count,
        cast(sum(case when entries.entry_code = 'transferred_out' then entries.task_count else 0 end) as bigint) as transferred_out_count,
        cast(sum(case when entries.entry_code = 'closing' then entries.task_count else 0 end) as bigint) as closing_count,
        entries.assigned_date,
        months.closing_date
    from entries
    join months
        on entries.source_key = months.source_key
        and entries.month_start_date = months.month_start_date
    group by
        months.month_end_date, entries.source_key, entries.province_key, entries.agency_key, entries.assigned_date,
        months.closing_date
)

select * from summed
