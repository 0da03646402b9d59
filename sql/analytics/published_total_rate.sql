-- One row per printed rate and base on which it may have been computed: most letters do not name their base.
-- kind: table
-- key: total_code, item_code, base_code
with figures as (
    select total_code, item_code, printed_value, tolerance
    from warehouse.fact_published_total
),

reports as (
    select
        total_code,
        max(case when item_code = 'assigned' then printed_value end) as assigned,
        max(case when item_code = 'completed' then printed_value end) as completed,
        max(case when item_code = 'open' then printed_value end) as open_total,
        max(case when item_code = 'open_overdue' then printed_value end) as open_overdue,
        max(case when item_code = 'fallen_due' then printed_value end) as fallen_due,
        max(case when item_code = 'no_deadline_share_of_completed' then printed_value end) as no_deadline_share
    from figures
    group by total_code
),

-- With a deadline = completed with one + overdue open (the base of one municipal report).
bases as (
    select total_code, 'assigned' as base_code, assigned as base_value from reports
    union all
    select total_code, 'completed', completed from reports
    union all
    select total_code, 'open', open_total from reports
    union all
    select total_code, 'fallen due', coalesce(fallen_due, completed + open_overdue) from reports
    union all
    select total_code, 'with a deadline', completed * (100 - no_deadline_share) / 100 + open_overdue from reports
),

rates as (
    select
        figures.total_code, figures.item_code, figures.printed_value, figures.tolerance,
        case
            when figures.item_code like 'completion_rate%' then reports.completed
            when figures.item_code like 'overdue_share%' then reports.open_overdue
        end as numerator
    from figures
    join reports on figures.total_code = reports.total_code
),

compared as (
    select
        rates.total_code,
        rates.item_code,
        bases.base_code,
        rates.printed_value,
        100 * rates.numerator / bases.base_value as computed_value,
        rates.tolerance
    from rates
    join bases on rates.total_code = bases.total_code
    where rates.numerator is not null and bases.base_value > 0
),

judged as (
    select
        total_code,
        item_code,
        base_code,
        printed_value,
        computed_value,
        case when abs(printed_value - computed_value) <= tolerance then 1 else 0 end as is_within_tolerance
    from compared
)

select * from judged
