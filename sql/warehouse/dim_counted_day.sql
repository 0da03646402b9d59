-- One row: from which day on counts made in advance know every day; days before it are known by the ends of their months.
-- kind: table
-- key: exact_from
-- The first day of the quarter of the newest extract of tasks: what is asked most is asked of its days. Where a
-- quarter begins all is counted anew, for the days of the quarter before move to the ends of their months.
with newest as (
    select max(extract_date) as extract_date
    from warehouse.dim_load
    where record_code like 'task%'
),

counted_days as (
    select coalesce(fn.quarter_start(extract_date), cast('9999-12-31' as date)) as exact_from
    from newest
)

select * from counted_days
