-- One row per scheme and period: calendar periods and the Government's reporting periods, with their cut-off.
-- kind: table
-- key: period_key
with periods as (
    select period_key, scheme_code, grain_code, period_label, start_date, end_date, cut_off_at
    from raw.period
)

select * from periods
