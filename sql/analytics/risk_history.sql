-- One row per task: when it was opened, first closed and first settled as on time or late, each on the day on which that was known.
-- kind: view
-- key: task_key
-- Given up: withdrawn or transferred instead of closed, which says nothing of how fast tasks are done.
-- Settled: closed by its deadline, or past the deadline then in force while still open, which is late whatever comes later.
with spans as (
    select
        fact_task_state.task_key, fact_task_state.source_key, fact_task_state.assigned_date, fact_task_state.is_open,
        fact_task_state.is_completed, fact_task_state.has_deadline, fact_task_state.is_late,
        fact_task_state.overdue_from, fact_task_state.valid_from, fact_task_state.valid_to,
        case
            when fact_task_state.known_from <= risk_first_telling.first_known_from or fact_task_state.known_from <= fact_task_state.valid_from
                then fact_task_state.valid_from
            else fact_task_state.known_from
        end as seen_from
    from warehouse.fact_task_state
    join warehouse.fact_task on fact_task_state.task_key = fact_task.task_key
    join analytics.risk_first_telling on fact_task_state.task_key = risk_first_telling.task_key
    where fact_task.is_sub_task = 0
),

days as (
    select
        task_key, source_key, assigned_date,
        min(case when is_open = 0 then seen_from end) as closed_date,
        min(case when is_completed = 1 then seen_from end) as completed_date,
        min(case when is_completed = 1 and has_deadline = 1 then seen_from end) as settled_by_closing,
        min(case when is_completed = 1 and has_deadline = 1 and is_late = 1 then seen_from end) as closed_late_date,
        min(case
            when is_open = 1 and has_deadline = 1 and overdue_from <= valid_to then overdue_from
        end) as overdue_date
    from spans
    group by task_key, source_key, assigned_date
),

settled as (
    select
        task_key, source_key, assigned_date,
        coalesce(closed_date, cast('9999-12-31' as date)) as closed_date,
        case
            when overdue_date is null then settled_by_closing
            when settled_by_closing < overdue_date then settled_by_closing
            else overdue_date
        end as settled_date,
        case
            when overdue_date is null and closed_late_date is null then 0
            when settled_by_closing < overdue_date and coalesce(closed_late_date, cast('9999-12-31' as date)) > settled_by_closing then 0
            else 1
        end as is_late,
        case when closed_date is null or completed_date <= closed_date then 0 else 1 end as is_given_up
    from days
)

select * from settled
