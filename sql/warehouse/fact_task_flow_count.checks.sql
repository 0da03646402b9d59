-- check: flows counted in advance are as many as there are in their month | error
with of_flows as (
    select source_key, flow_code, fn.month_start(flow_date) as flow_month_date, count(*) as flow_count
    from warehouse.fact_task_flow
    group by source_key, flow_code, fn.month_start(flow_date)
),

in_advance as (
    select source_key, flow_code, flow_month_date, sum(cast(flow_count as bigint)) as flow_count
    from warehouse.fact_task_flow_count
    group by source_key, flow_code, flow_month_date
)

select
    coalesce(of_flows.source_key, in_advance.source_key) as source_key, of_flows.flow_count as flow_count_of_flows,
    in_advance.flow_count as flow_count_in_advance
from of_flows
full join in_advance
    on of_flows.source_key = in_advance.source_key
    and of_flows.flow_code = in_advance.flow_code
    and of_flows.flow_month_date = in_advance.flow_month_date
where coalesce(of_flows.flow_count, 0) <> coalesce(in_advance.flow_count, 0)
