-- One row per task, timespan and stretch of days on which it was or is believed: fact_task_state and its corrected past.
-- kind: view
-- key: task_key, valid_from, known_from
-- known_from <= day < known_to is what extracts up to that day had told.
with known as (
    select
        task_key,
        source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key, lifecycle_code,
        is_open, is_completed, is_withdrawn, has_deadline, is_late, assigned_date, due_date, overdue_from,
        judged_date, completed_date, valid_from, valid_to, known_from, known_to
    from warehouse.fact_task_state
    union all
    select
        task_key,
        source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key, lifecycle_code,
        is_open, is_completed, is_withdrawn, has_deadline, is_late, assigned_date, due_date, overdue_from,
        judged_date, completed_date, valid_from, valid_to, known_from, known_to
    from warehouse.fact_task_state_past
)

select * from known
