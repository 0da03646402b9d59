-- One row per group of tasks that are alike on the same counted days: how many tasks they are (counts made in advance).
-- kind: table
-- key: none
-- slice: sum
-- The spans of fact_task_state with their days moved to the next counted day: what a span changed between two counted
-- days and changed back is not seen here. On any counted day both tables give the same counts; other days ask the spans.
with spans as (
    select
        fact_task_state.source_key, fact_task_state.province_key, fact_task_state.agency_key,
        fact_task_state.task_kind_key, fact_task_state.assigner_level_key, fact_task_state.is_open,
        fact_task_state.is_completed, fact_task_state.is_withdrawn, fact_task_state.has_deadline,
        fact_task_state.is_late, fn.year_start(fact_task_state.assigned_date) as assigned_date,
        coalesce(overdue_day.counted_date, cast('9999-12-31' as date)) as overdue_from,
        from_day.counted_date as valid_from,
        coalesce(to_day.counted_date, cast('9999-12-31' as date)) as valid_to
    from warehouse.fact_task_state
    join staging.counted_day as from_day on fact_task_state.valid_from = from_day.calendar_date
    left join staging.counted_day as to_day on fact_task_state.valid_to = to_day.calendar_date
    left join staging.counted_day as overdue_day on fact_task_state.overdue_from = overdue_day.calendar_date
    where fact_task_state.is_open = 1 or fact_task_state.is_completed = 1 or fact_task_state.is_withdrawn = 1
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
