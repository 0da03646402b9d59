-- One row: of which days counts made in advance know every one; all others are known by the ends of their months.
-- kind: table
-- key: exact_from
-- Every day since exact_from, the first of the quarter of the newest extract of tasks, and from year_ago_from to year_ago_to, the
-- same quarter a year before: what is asked most is asked of these days, and compared with those. Where a quarter begins all is
-- counted anew.
with newest as (
    select fn.quarter_start(max(extract_date)) as quarter_date
    from warehouse.dim_load
    where record_code like 'task%'
),

-- 365 days before the first day of a quarter, and 100 after that, are days of the quarter looked for, whatever the year.
counted_days as (
    select
        coalesce(quarter_date, cast('9999-12-31' as date)) as exact_from,
        coalesce(fn.quarter_start(fn.add_days(quarter_date, -365)), cast('9999-12-31' as date)) as year_ago_from,
        coalesce(
            fn.add_days(fn.quarter_start(fn.add_days(quarter_date, -265)), -1), cast('9999-12-31' as date)
        ) as year_ago_to
    from newest
)

select * from counted_days
