-- One row per calendar day up to the newest extract: the first day from then on for which tasks are counted in advance.
-- kind: table
-- key: calendar_date
-- Counted are month ends, which reports of years and months ask for, and the days of the newest extracts: today, as sources know it.
with newest as (
    select max(batch.extract_date) as extract_date
    from raw.batch
    where batch.record_code like 'task%'
    group by batch.source_key
),

counted as (
    select distinct calendar_day.calendar_date
    from raw.calendar_day
    left join newest on calendar_day.calendar_date = newest.extract_date
    where (calendar_day.is_month_end = 1 or newest.extract_date is not null)
        and calendar_day.calendar_date <= (select max(extract_date) from newest)
),

spanned as (
    select
        calendar_date,
        lag(calendar_date, 1, cast('1900-01-01' as date)) over (order by calendar_date) as earlier_date
    from counted
),

days as (
    select calendar_day.calendar_date, spanned.calendar_date as counted_date
    from raw.calendar_day
    join spanned
        on calendar_day.calendar_date > spanned.earlier_date
        and calendar_day.calendar_date <= spanned.calendar_date
)

select * from days
