-- One row per change of lifecycle that successive extracts tell by their difference.
-- kind: view
-- key: none
with runs as (
    select difference_run.*
    from staging.difference_run
    left join staging.recorded_aspect as recorded on difference_run.task_key = recorded.task_key
    where coalesce(recorded.tells_lifecycle, 0) = 0
        -- A source that records what happens to a task may still drop it without a word.
        or difference_run.state_code = 'deleted' or difference_run.earlier_state_code = 'deleted'
),

lifecycles as (
    select
        task_key, run_no as delivery_no, 3 as kind_no, load_key, source_key, row_no, extract_date,
        case
            when is_reopened = 1 and state_code in ('not_started', 'in_progress') then 'reopened'
            when state_code = 'not_started' then 'assigned'
            when state_code = 'in_progress' then 'started'
            when state_code = 'awaiting_confirmation' then 'reported'
            when state_code = 'returned' then 'confirmation_refused'
            else state_code
        end as event_code,
        state_code as lifecycle_code, case when 1 = 0 then load_key end as agency_name_key, run_date as event_date,
        run_at as event_at, case when 1 = 0 then run_date end as due_date,
        case when 1 = 0 then run_date end as overdue_date, case when 1 = 0 then run_at end as due_at,
        case when 1 = 0 then run_date end as old_due_date, 0 as is_new_deadline, 0 as is_hand_over
    from runs
    where run_no > 1 or is_closed = 1 or state_code = 'awaiting_confirmation'
),

-- A completed task was reported before, and is judged by its report.
reports as (
    select
        task_key, run_no as delivery_no, 4 as kind_no, load_key, source_key, row_no, extract_date,
        'reported' as event_code,
        case when requires_confirmation = 1 then 'awaiting_confirmation' else 'in_progress' end as lifecycle_code,
        case when 1 = 0 then load_key end as agency_name_key, reported_date as event_date, reported_at as event_at,
        case when 1 = 0 then run_date end as due_date, case when 1 = 0 then run_date end as overdue_date,
        case when 1 = 0 then run_at end as due_at, case when 1 = 0 then run_date end as old_due_date,
        0 as is_new_deadline, 0 as is_hand_over
    from runs
    where state_code = 'completed' and reported_date >= floor_date and reported_date <= run_date
),

events as (
    select * from lifecycles
    union all
    select * from reports
)

select * from events
