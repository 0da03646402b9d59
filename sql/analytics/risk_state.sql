-- One row per landmark and task that is open at it, as it stood at the end of the day before, from what was known then.
-- kind: view
-- key: task_key, landmark_date
-- The lifecycle itself is not told: of a task without history its row says only later whether it had been started.
-- What the first extract of a task tells counts as known when it happened; what a later one shows, from its own day on.
with landmarks as (
    select landmark_date
    from warehouse.dim_landmark
),

spans as (
    select
        fact_task_state_known.task_key, fact_task_state_known.source_key, fact_task_state_known.province_key,
        fact_task_state_known.agency_key, fact_task_state_known.lifecycle_code, fact_task_state_known.assigned_date,
        fact_task_state_known.has_deadline, fact_task_state_known.due_date, fact_task_state_known.overdue_from, fact_task_state_known.valid_from,
        fact_task_state_known.valid_to, fact_task_state_known.known_to,
        case
            when fact_task_state_known.known_from <= risk_first_telling.first_known_from then fact_task_state_known.valid_from
            else fact_task_state_known.known_from
        end as seen_from
    from warehouse.fact_task_state_known
    join analytics.risk_first_telling on fact_task_state_known.task_key = risk_first_telling.task_key
    where fact_task_state_known.is_open = 1
),

open_tasks as (
    select
        spans.task_key, landmarks.landmark_date, spans.source_key, spans.province_key, spans.agency_key, spans.assigned_date,
        spans.valid_from, spans.due_date, spans.overdue_from, spans.has_deadline,
        case when spans.overdue_from <= landmarks.landmark_date and spans.due_date < landmarks.landmark_date then 1 else 0 end
            as is_overdue,
        case
            when spans.due_date >= landmarks.landmark_date and spans.due_date >= spans.assigned_date
                and spans.lifecycle_code <> 'awaiting_confirmation' then 1
            else 0
        end as is_at_risk,
        fn.days_between(spans.assigned_date, landmarks.landmark_date) as age_days,
        fn.days_between(landmarks.landmark_date, spans.due_date) as remaining_days,
        fn.days_between(spans.assigned_date, spans.due_date) as term_days
    from spans
    join landmarks
        on spans.valid_from < landmarks.landmark_date
        and spans.valid_to >= landmarks.landmark_date
        and spans.seen_from < landmarks.landmark_date
        and spans.known_to >= landmarks.landmark_date
)

select * from open_tasks
