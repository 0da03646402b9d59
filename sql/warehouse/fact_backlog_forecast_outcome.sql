-- One row per forecast of fact_backlog_forecast whose day has come: what the count was, as known now.
-- kind: view
-- key: as_of_date, target_date, target_code, level_code, province_key, agency_key, measure_code
with newest as (
    select max(dim_source_reach.newest_date) as newest_date
    from warehouse.dim_source_reach
    join warehouse.dim_source on dim_source_reach.source_key = dim_source.source_key
    where dim_source.scope_code = 'vietnam'
),

counts as (
    select target_date, province_key, agency_key, open_count, overdue_count
    from warehouse.fact_backlog_forecast_day
),

units as (
    select target_date, 'agency' as level_code, province_key, agency_key, open_count, overdue_count
    from counts
    union all
    select target_date, 'province', province_key, 0, sum(open_count), sum(overdue_count)
    from counts
    group by target_date, province_key
    union all
    select target_date, 'whole', 0, 0, sum(open_count), sum(overdue_count)
    from counts
    group by target_date
),

outcomes as (
    select
        fact_backlog_forecast.as_of_date, fact_backlog_forecast.target_date, fact_backlog_forecast.target_code, fact_backlog_forecast.level_code,
        fact_backlog_forecast.province_key, fact_backlog_forecast.agency_key, fact_backlog_forecast.measure_code,
        fact_backlog_forecast.step_no, fact_backlog_forecast.is_retrospective, fact_backlog_forecast.expected_count,
        fact_backlog_forecast.low_90_count, fact_backlog_forecast.high_90_count, fact_backlog_forecast.last_count,
        fact_backlog_forecast.year_ago_count,
        cast(coalesce(case when fact_backlog_forecast.measure_code = 'open' then units.open_count else units.overdue_count end, 0) as bigint) as actual_count
    from warehouse.fact_backlog_forecast
    join newest on fact_backlog_forecast.target_date <= newest.newest_date
    left join units
        on fact_backlog_forecast.target_date = units.target_date
        and fact_backlog_forecast.level_code = units.level_code
        and fact_backlog_forecast.province_key = units.province_key
        and fact_backlog_forecast.agency_key = units.agency_key
)

select * from outcomes
