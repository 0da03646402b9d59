-- One row per group of tasks that are alike on the same counted days: how many tasks they are (counts made in advance).
-- kind: table
-- key: none
-- slice: sum
-- sorted: valid_to, valid_from
-- The spans of fact_task_state. Days of which dim_counted_day does not know every one are moved to the end of their month: what
-- a span changed within such a month and changed back is not seen here. At the ends of those months and on all other days both
-- tables give the same counts; on a day in such a month what changed since the month end before is asked of the spans.
-- overdue_from is kept of open tasks only: what is over becomes overdue no more, and would be many groups for nothing.
with spans as (
    select
        source_key, province_key, agency_key, task_kind_key, assigner_level_key, is_open, is_completed, is_withdrawn,
        has_deadline, is_late, fn.month_start(assigned_date) as assigned_date,
        case
            when is_open = 0 then cast('9999-12-31' as date)
            when overdue_from >= exact_from or overdue_from between year_ago_from and year_ago_to then overdue_from
            else fn.month_end(overdue_from)
        end as overdue_from,
        case
            when valid_from >= exact_from or valid_from between year_ago_from and year_ago_to then valid_from
            else fn.month_end(valid_from)
        end as valid_from,
        case
            when valid_to >= exact_from or valid_to between year_ago_from and year_ago_to then valid_to
            else fn.month_end(valid_to)
        end as valid_to
    from warehouse.fact_task_state
    cross join warehouse.dim_counted_day
    where is_open = 1 or is_completed = 1 or is_withdrawn = 1
),

counts as (
    select
        source_key, province_key, agency_key, task_kind_key, assigner_level_key, is_open, is_completed, is_withdrawn,
        has_deadline, is_late, assigned_date, overdue_from, valid_from, valid_to, cast(count(*) as integer) as task_count
    from spans
    where valid_from < valid_to
    group by
        source_key, province_key, agency_key, task_kind_key, assigner_level_key, is_open, is_completed, is_withdrawn,
        has_deadline, is_late, assigned_date, overdue_from, valid_from, valid_to
)

select * from counts
