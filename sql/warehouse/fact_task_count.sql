-- One row per group of tasks that are alike on the same counted days: how many tasks they are (counts made in advance).
-- kind: table
-- key: none
-- slice: sum
-- The spans of fact_task_state. Days before dim_counted_day.exact_from are moved to the end of their month: what a span changed
-- within such a month and changed back is not seen here. At any of those month ends and on every day since then both tables give
-- the same counts; on other days what changed since the month end before is asked of the spans.
with spans as (
    select
        source_key, province_key, agency_key, task_kind_key, assigner_level_key, is_open, is_completed, is_withdrawn,
        has_deadline, is_late, fn.month_start(assigned_date) as assigned_date,
        case when overdue_from < exact_from then fn.month_end(overdue_from) else overdue_from end as overdue_from,
        case when valid_from < exact_from then fn.month_end(valid_from) else valid_from end as valid_from,
        case when valid_to < exact_from then fn.month_end(valid_to) else valid_to end as valid_to
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
