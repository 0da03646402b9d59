-- One row per task with recorded events: what they say of its milestones, counts and present lifecycle.
-- kind: table
-- key: task_key
with events as (
    select
        coalesce(task_chain.root_key, task_event.task_key) as task_key,
        task_event.event_key, task_event.event_code, task_event.lifecycle_code, task_event.event_date,
        task_event.due_date, task_event.old_due_date, task_event.agency_name_key, task_event.event_at, task_event.row_no
    from staging.task_event
    left join staging.task_chain on task_event.task_key = task_chain.task_key
),

lifecycle_events as (
    select
        task_key, lifecycle_code,
        row_number() over (partition by task_key order by event_at desc, row_no desc, event_key) as recency
    from events
    where lifecycle_code is not null
),

last_lifecycles as (
    select task_key, lifecycle_code
    from lifecycle_events
    where recency = 1
),

-- The deadline before the first extension, where the source overwrites it in the task's own row.
extensions as (
    select
        task_key, old_due_date,
        row_number() over (partition by task_key order by event_date, event_at, row_no, event_key) as extension_no
    from events
    where event_code = 'extended'
),

first_deadlines as (
    select task_key, old_due_date as first_due_date
    from extensions
    where extension_no = 1
),

milestones as (
    select
        task_key,
        min(case when event_code = 'started' then event_date end) as started_date,
        min(case when event_code = 'reported' then event_date end) as first_reported_date,
        max(case when event_code = 'reported' then event_date end) as reported_date,
        max(case when event_code = 'reported' then event_at end) as reported_at,
        max(case when lifecycle_code = 'completed' then event_date end) as completed_date,
        max(case when lifecycle_code = 'completed' then event_at end) as completed_at,
        max(case when lifecycle_code in ('withdrawn', 'recalled') then event_date end) as withdrawn_date,
        max(event_date) as last_event_date,
        cast(count(*) as integer) as event_count,
        cast(sum(case when event_code = 'extended' then 1 else 0 end) as integer) as extension_count,
        cast(sum(case when event_code = 'confirmation_refused' then 1 else 0 end) as integer) as refusal_count,
        cast(sum(case when event_code = 'reassigned' then 1 else 0 end) as integer) as reassignment_count,
        cast(sum(case when event_code = 'reminder' then 1 else 0 end) as integer) as reminder_count,
        max(case when lifecycle_code is not null then 1 else 0 end) as has_lifecycle_events,
        max(case
            when lifecycle_code is not null or event_code in ('extended', 'handed_over') then 1 else 0
        end) as has_state_events
    from events
    group by task_key
),

with_lifecycle as (
    select milestones.*, last_lifecycles.lifecycle_code, first_deadlines.first_due_date
    from milestones
    left join last_lifecycles on milestones.task_key = last_lifecycles.task_key
    left join first_deadlines on milestones.task_key = first_deadlines.task_key
)

select * from with_lifecycle
