-- One row per task and timespan in which it had a deadline and was open, or was completed late: with the working days of both ends.
-- kind: view
-- key: task_key, valid_from
-- A working day's number less the deadline's is the working days late, the deadline's own day not counted (Civil Code 2015, art. 147).
with spans as (
    select
        task_key, source_key, province_key, agency_key, task_kind_key, assigner_level_key, lifecycle_code, is_open,
        is_completed, is_late, assigned_date, due_date, overdue_from, coalesce(judged_date, completed_date) as judged_date,
        completed_date, valid_from, valid_to
    from warehouse.fact_task_state
    where has_deadline = 1 and (is_open = 1 or (is_completed = 1 and is_late = 1))
),

numbered as (
    select
        spans.*,
        due_days.working_day_no as due_working_day_no,
        judged_days.working_day_no - due_days.working_day_no as late_working_days
    from spans
    join warehouse.dim_date as due_days on spans.due_date = due_days.calendar_date
    left join warehouse.dim_date as judged_days on spans.judged_date = judged_days.calendar_date
)

select * from numbered
