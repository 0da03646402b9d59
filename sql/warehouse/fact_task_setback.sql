-- One row per re-assignment or refusal of a task, with the agency that had held the task until then.
-- kind: view
-- key: event_key
-- setback_code: reassigned, assignment_refused (by the agency) or confirmation_refused (of its result). By the span of the day
-- before: on its own day a re-assigned task is the next agency's.
with setbacks as (
    select
        task_key, event_key, source_key, province_key, event_code as setback_code, event_date as setback_date,
        fn.add_days(event_date, -1) as day_before
    from warehouse.fact_task_event
    where event_code in ('reassigned', 'assignment_refused', 'confirmation_refused') and is_orphan = 0
),

held as (
    select
        setbacks.task_key, setbacks.event_key, setbacks.source_key, setbacks.province_key,
        fact_task_state.agency_key, fact_task_state.task_kind_key, fact_task_state.assigner_level_key,
        setbacks.setback_code, fact_task_state.lifecycle_code, fact_task_state.assigned_date,
        fact_task_state.due_date, setbacks.setback_date
    from setbacks
    join warehouse.fact_task_state
        on setbacks.task_key = fact_task_state.task_key
        and fact_task_state.valid_from <= case
            when setbacks.day_before < fact_task_state.assigned_date then fact_task_state.assigned_date
            else setbacks.day_before
        end
        and fact_task_state.valid_to > case
            when setbacks.day_before < fact_task_state.assigned_date then fact_task_state.assigned_date
            else setbacks.day_before
        end
    where fact_task_state.is_open = 1 or fact_task_state.is_completed = 1 or fact_task_state.is_withdrawn = 1
)

select * from held
