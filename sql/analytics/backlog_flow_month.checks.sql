-- check: opening + new + reopened + transferred in - completed - withdrawn - transferred out = closing | error
select
    month_end_date, source_key, province_key, agency_key, assigned_year, opening_count, new_count, reopened_count,
    transferred_in_count, completed_count, withdrawn_count, transferred_out_count, closing_count
from analytics.backlog_flow_month
where opening_count + new_count + reopened_count + transferred_in_count
    - completed_count - withdrawn_count - transferred_out_count <> closing_count

-- check: the last closing before the newest extract is what fact_open_task_month lists | error
with last_months as (
    select source_key, max(month_end_date) as month_end_date
    from analytics.backlog_flow_month
    where closing_date = month_end_date
    group by source_key
),

listed as (
    select fact_task_state.source_key, fact_task_state.agency_key, count(*) as task_count
    from warehouse.fact_task_state
    join last_months
        on fact_task_state.source_key = last_months.source_key
        and fact_task_state.valid_from <= last_months.month_end_date
        and fact_task_state.valid_to > last_months.month_end_date
    where fact_task_state.is_open = 1
    group by fact_task_state.source_key, fact_task_state.agency_key
),

closed as (
    select backlog_flow_month.source_key, backlog_flow_month.agency_key, sum(backlog_flow_month.closing_count) as task_count
    from analytics.backlog_flow_month
    join last_months
        on backlog_flow_month.source_key = last_months.source_key
        and backlog_flow_month.month_end_date = last_months.month_end_date
    where backlog_flow_month.closing_count > 0
    group by backlog_flow_month.source_key, backlog_flow_month.agency_key
)

select
    coalesce(listed.source_key, closed.source_key) as source_key, coalesce(listed.agency_key, closed.agency_key) as agency_key,
    listed.task_count as listed_count, closed.task_count as closing_count
from listed
full join closed on listed.source_key = closed.source_key and listed.agency_key = closed.agency_key
where coalesce(listed.task_count, 0) <> coalesce(closed.task_count, 0)
