-- One row per source and month in which it had tasks, up to its newest extract: the days on which the month opens and closes.
-- kind: view
-- key: source_key, month_end_date
-- The month of the newest extract closes on that extract's day: nothing is said beyond it.
with first_flows as (
    select source_key, min(flow_month_date) as first_date
    from warehouse.fact_task_flow_count
    group by source_key
),

months as (
    select
        dim_source_reach.source_key, dim_date.month_start_date, dim_date.month_end_date,
        case
            when dim_date.month_end_date > dim_source_reach.newest_date then dim_source_reach.newest_date
            else dim_date.month_end_date
        end as closing_date
    from warehouse.dim_source_reach
    join first_flows on dim_source_reach.source_key = first_flows.source_key
    join warehouse.dim_date
        on dim_date.is_month_end = 1
        and dim_date.month_end_date >= first_flows.first_date
        and dim_date.month_start_date <= dim_source_reach.newest_date
)

select * from months
