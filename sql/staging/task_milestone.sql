-- One row per task with recorded events: what they say of its milestones, counts, present lifecycle and deadline.
-- kind: step
-- key: task_key
-- slice: task_key
with events as (
    select
        coalesce(task_chain.root_key, task_event.task_key) as task_key,
        task_event.event_key, task_event.event_code, task_event.lifecycle_code, task_event.event_date,
        task_event.due_date, task_event.overdue_date, task_event.old_due_date, task_event.is_new_deadline,
        task_event.is_hand_over, task_event.is_from_difference, task_event.rank_in_day, task_event.event_at, task_event.due_at, task_event.row_no
    from staging.task_event
    left join staging.task_chain on task_event.task_key = task_chain.task_key
),

numbered as (
    select
        events.*,
        row_number() over (
            partition by task_key
            order by event_date, coalesce(event_at, fn.start_of_day(event_date)), rank_in_day, row_no, event_key
        ) as event_no
    from events
),

milestones as (
    select
        task_key,
        max(case when lifecycle_code is not null then event_no end) as lifecycle_no,
        min(case when is_new_deadline = 1 then event_no end) as first_deadline_no,
        max(case when is_new_deadline = 1 then event_no end) as last_deadline_no,
        min(case when event_code = 'started' then event_date end) as started_date,
        min(case when event_code = 'reported' then event_date end) as first_reported_date,
        max(case when event_code = 'reported' then event_date end) as reported_date,
        max(case when event_code = 'reported' then event_at end) as reported_at,
        max(case when lifecycle_code = 'completed' then event_date end) as finished_date,
        max(case when lifecycle_code = 'completed' then event_at end) as finished_at,
        max(case when lifecycle_code in ('withdrawn', 'recalled') then event_date end) as withdrawn_date,
        max(event_date) as last_event_date,
        cast(count(*) as integer) as event_count,
        cast(sum(case when event_code = 'extended' then 1 else 0 end) as integer) as extension_count,
        cast(sum(case when event_code = 'confirmation_refused' then 1 else 0 end) as integer) as refusal_count,
        cast(sum(case when event_code = 'reassigned' then 1 else 0 end) as integer) as reassignment_count,
        cast(sum(case when event_code = 'reminder' then 1 else 0 end) as integer) as reminder_count,
        max(case when lifecycle_code is not null then 1 else 0 end) as has_lifecycle_events,
        max(case when lifecycle_code in ('completed', 'withdrawn', 'recalled', 'transferred') then 1 else 0 end)
            as has_closing_events,
        max(case when lifecycle_code = 'deleted' then 1 else 0 end) as has_deletion_events,
        max(is_new_deadline) as has_deadline_events,
        max(case when lifecycle_code is not null or is_new_deadline = 1 or is_hand_over = 1 then 1 else 0 end)
            as has_state_events
    from numbered
    group by task_key
),

told as (
    select
        milestones.*, lifecycles.lifecycle_code,
        -- A task that is open again is completed on no day.
        case
            when lifecycles.lifecycle_code not in ('not_started', 'in_progress', 'returned', 'redo', 'assignment_refused', 'suspended')
                then milestones.finished_date
        end as completed_date,
        case
            when lifecycles.lifecycle_code not in ('not_started', 'in_progress', 'returned', 'redo', 'assignment_refused', 'suspended')
                then milestones.finished_at
        end as completed_at,
        coalesce(lifecycles.is_from_difference, 0) as is_lifecycle_from_difference, first_deadlines.old_due_date as first_due_date,
        last_deadlines.due_date, last_deadlines.overdue_date, last_deadlines.due_at
    from milestones
    left join numbered as lifecycles
        on milestones.task_key = lifecycles.task_key and milestones.lifecycle_no = lifecycles.event_no
        and lifecycles.lifecycle_code is not null
    left join numbered as first_deadlines
        on milestones.task_key = first_deadlines.task_key and milestones.first_deadline_no = first_deadlines.event_no
        and first_deadlines.is_new_deadline = 1
    left join numbered as last_deadlines
        on milestones.task_key = last_deadlines.task_key and milestones.last_deadline_no = last_deadlines.event_no
        and last_deadlines.is_new_deadline = 1
)

select * from told
