-- One row per group of tasks that are alike at the same month ends: how many tasks they are (counts made in advance).
-- kind: table
-- key: none
-- slice: sum
-- The spans of fact_task_state with their days moved to the end of their month: what a span changed within a month and
-- changed back is not seen here. At any month end both tables give the same counts; on other days what changed since then
-- is asked of the spans.
with spans as (
    select
        source_key, province_key, agency_key, task_kind_key, assigner_level_key, is_open, is_completed, is_withdrawn,
        has_deadline, is_late, fn.month_start(assigned_date) as assigned_date, fn.month_end(overdue_from) as overdue_from,
        fn.month_end(valid_from) as valid_from, fn.month_end(valid_to) as valid_to
    from warehouse.fact_task_state
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
