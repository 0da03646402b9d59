-- One row per group of flows that are alike in their month: how many flows they are (counts made in advance).
-- kind: table
-- key: source_key, province_key, agency_key, flow_code, flow_month_date, assigned_date
-- slice: sum
-- flow_month_date is the first day of the month, assigned_date that of the year of assignment.
with flows as (
    select
        source_key, province_key, agency_key, flow_code, fn.month_start(flow_date) as flow_month_date,
        fn.year_start(assigned_date) as assigned_date
    from warehouse.fact_task_flow
),

counts as (
    select
        source_key, province_key, agency_key, flow_code, flow_month_date, assigned_date, cast(count(*) as integer) as flow_count
    from flows
    group by source_key, province_key, agency_key, flow_code, flow_month_date, assigned_date
)

select * from counts
