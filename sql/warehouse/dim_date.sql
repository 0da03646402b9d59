-- One row per day, with working days, holidays and the reporting periods from the 15th to the 14th.
-- kind: table
-- key: calendar_date
with days as (
    select
        date_key, calendar_date, month_start_date, month_end_date, reporting_month, reporting_quarter, reporting_year,
        holiday_name, year_no, quarter_no, month_no, day_no, weekday_no, working_day_no,
        is_working_day, is_holiday, is_swap_day, is_month_end, is_estimated
    from raw.calendar_day
)

select * from days
