-- One row per day, day forecast, unit and measure: how many tasks were expected to be open, or overdue, at its end; never overwritten.
-- kind: view
-- key: as_of_date, target_date, target_code, level_code, province_key, agency_key, measure_code
-- level_code: whole (both keys 0), province (agency_key 0), agency. is_retrospective: made later, from what was known on as_of_date.
with forecasts as (
    select
        level_code, province_key, agency_key, measure_code, target_code, step_no, method_version, is_retrospective,
        expected_count, low_50_count, high_50_count, low_90_count, high_90_count, last_count, year_ago_count,
        as_of_date, target_date
    from raw.backlog_forecast
)

select * from forecasts
