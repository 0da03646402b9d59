-- One row per change of lifecycle, deadline, agency or report of a task whose source keeps its history.
-- kind: view
-- key: none
with tasks as (
    select
        task_key, agency_key, lifecycle_code, has_lifecycle_events, requires_confirmation, assigned_date,
        reported_date, completed_date, withdrawn_date, extract_date, due_original_date, due_original_overdue_date,
        assigned_at, due_original_at, reported_at, completed_at
    from warehouse.fact_task
    where has_state_events = 1
),

-- Only hand-overs move a task; other events name the agency that they concern.
events as (
    select
        fact_task_event.task_key,
        case when event_code in ('assigned', 'reassigned', 'handed_over') then fact_task_event.agency_key end
            as agency_key,
        -- Where nobody has to confirm, the report completes the task.
        case
            when fact_task_event.lifecycle_code = 'awaiting_confirmation' and tasks.requires_confirmation = 0
                then 'completed'
            else fact_task_event.lifecycle_code
        end as lifecycle_code,
        due_date, overdue_date,
        case when event_code in ('reported', 'confirmation_refused', 'redo', 'reopened') then 1 else 0 end as sets_report,
        case when event_code = 'extended' then 1 else 0 end as sets_due,
        case event_code
            when 'assigned' then 1 when 'assignment_refused' then 2 when 'reassigned' then 3 when 'handed_over' then 3
            when 'started' then 4 when 'resumed' then 4 when 'extended' then 5 when 'suspended' then 6
            when 'reported' then 7 when 'confirmation_refused' then 8 when 'redo' then 9 when 'confirmed' then 10
            when 'completed' then 10 when 'reopened' then 11 else 12
        end as change_rank,
        row_no, event_date as change_date, event_at as change_at, due_at,
        case when event_code = 'reported' then event_date end as reported_date,
        case when event_code = 'reported' then event_at end as reported_at,
        case when fact_task_event.lifecycle_code in ('completed', 'awaiting_confirmation') then event_date end
            as finished_date,
        case when fact_task_event.lifecycle_code in ('completed', 'awaiting_confirmation') then event_at end
            as finished_at
    from warehouse.fact_task_event
    join tasks on fact_task_event.task_key = tasks.task_key
    where fact_task_event.lifecycle_code is not null
        or event_code in ('extended', 'assigned', 'reassigned', 'handed_over')
),

assignments as (
    select
        task_key, agency_key, 'not_started' as lifecycle_code, due_original_date as due_date,
        due_original_overdue_date as overdue_date, 1 as sets_report, 1 as sets_due, 0 as change_rank, 0 as row_no,
        assigned_date as change_date, assigned_at as change_at, due_original_at as due_at,
        case when 1 = 0 then reported_date end as reported_date, case when 1 = 0 then reported_at end as reported_at,
        case when 1 = 0 then reported_date end as finished_date, case when 1 = 0 then reported_at end as finished_at
    from tasks
),

-- Milestones of the task's own row, where its history tells deadlines or agencies but not the lifecycle.
reports as (
    select
        task_key, case when 1 = 0 then agency_key end as agency_key,
        case when requires_confirmation = 1 then 'awaiting_confirmation' else 'completed' end as lifecycle_code,
        case when 1 = 0 then reported_date end as due_date, case when 1 = 0 then reported_date end as overdue_date,
        1 as sets_report, 0 as sets_due, 7 as change_rank, 0 as row_no,
        reported_date as change_date, reported_at as change_at, case when 1 = 0 then reported_at end as due_at,
        reported_date, reported_at, reported_date as finished_date, reported_at as finished_at
    from tasks
    where has_lifecycle_events = 0 and reported_date is not null
),

closings as (
    select
        task_key, case when 1 = 0 then agency_key end as agency_key, lifecycle_code,
        case when 1 = 0 then reported_date end as due_date, case when 1 = 0 then reported_date end as overdue_date,
        0 as sets_report, 0 as sets_due, 12 as change_rank, 0 as row_no,
        case
            when lifecycle_code = 'completed' then coalesce(completed_date, reported_date, extract_date)
            when lifecycle_code in ('withdrawn', 'recalled') then coalesce(withdrawn_date, extract_date)
            else extract_date
        end as change_date,
        case when lifecycle_code = 'completed' then completed_at end as change_at,
        case when 1 = 0 then reported_at end as due_at,
        case when 1 = 0 then reported_date end as reported_date, case when 1 = 0 then reported_at end as reported_at,
        case when lifecycle_code = 'completed' then coalesce(completed_date, reported_date, extract_date) end
            as finished_date,
        case when lifecycle_code = 'completed' then completed_at end as finished_at
    from tasks
    where has_lifecycle_events = 0 and lifecycle_code not in ('not_started', 'awaiting_confirmation')
),

changes as (
    select * from events
    union all
    select * from assignments
    union all
    select * from reports
    union all
    select * from closings
)

select * from changes
