-- One row per task: how it ended, as known now. For labels only, never for features.
-- kind: view
-- key: task_key
-- Only the last span counts: a task that was reopened has not ended, one that was taken up again is not given up.
with closings as (
    select
        task_key, valid_from as closed_date, judged_date, is_completed,
        case when is_open = 0 and is_completed = 0 then 1 else 0 end as is_given_up
    from warehouse.fact_task_state
    where valid_to = cast('9999-12-31' as date)
),

outcomes as (
    select
        fact_task.task_key, fact_task.source_key, closings.is_completed, closings.is_given_up,
        case when closings.is_completed = 1 then coalesce(closings.judged_date, closings.closed_date) end as judged_date,
        case when closings.is_completed = 1 then coalesce(fact_task.reported_at, fact_task.completed_at) end as judged_at,
        fact_task.assigned_at, fact_task.due_date, fact_task.due_original_date, fact_task.due_at
    from warehouse.fact_task
    join closings on fact_task.task_key = closings.task_key
    where fact_task.is_sub_task = 0
)

select * from outcomes
