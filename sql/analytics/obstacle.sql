-- One row per obstacle that an agency told of: by whom, why, and whether before the deadline of that day had passed.
-- kind: table
-- key: event_key
-- slice: task_key
with obstacles as (
    select event_key, task_key, source_key, province_key, cause_code, event_date
    from warehouse.fact_task_event
    where event_code = 'obstacle'
),

joined as (
    select
        obstacles.event_key,
        obstacles.task_key,
        obstacles.source_key,
        obstacles.province_key,
        fact_task_state.agency_key,
        obstacles.cause_code,
        fact_task_state.has_deadline,
        case when fact_task_state.has_deadline = 1 and obstacles.event_date <= fact_task_state.due_date then 1 else 0 end
            as is_before_deadline,
        obstacles.event_date as told_date,
        fact_task_state.due_date
    from obstacles
    join warehouse.fact_task_state
        on obstacles.task_key = fact_task_state.task_key
        and obstacles.event_date >= fact_task_state.valid_from
        and obstacles.event_date < fact_task_state.valid_to
)

select * from joined
