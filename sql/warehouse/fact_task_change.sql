-- One row per change of lifecycle, deadline, agency or report of a task whose source keeps its history.
-- kind: view
-- key: none
with tasks as (
    select
        task_key, agency_key, lifecycle_code, has_lifecycle_events, has_closing_events, has_deletion_events,
        has_deadline_events,
        requires_confirmation, assigned_date, reported_date, completed_date, withdrawn_date, extract_date, due_date, overdue_date,
        due_original_date, due_original_overdue_date, assigned_at, due_at, due_original_at, reported_at, completed_at
    from warehouse.fact_task
    where has_state_events = 1
),

events as (
    select
        fact_task_event.task_key, event_key,
        case when is_hand_over = 1 then fact_task_event.agency_key end as agency_key,
        -- Where nobody has to confirm, the report completes the task.
        case
            when fact_task_event.lifecycle_code = 'awaiting_confirmation' and tasks.requires_confirmation = 0
                and fact_task_event.is_from_difference = 0 then 'completed'
            else fact_task_event.lifecycle_code
        end as lifecycle_code,
        fact_task_event.due_date, fact_task_event.overdue_date, tasks.assigned_date,
        coalesce(event_kind.sets_report, 0) as sets_report,
        is_new_deadline as sets_due, fact_task_event.rank_in_day as change_rank, row_no, event_date as change_date, event_at as change_at,
        fact_task_event.due_at,
        case when fact_task_event.event_code = 'reported' then event_date end as reported_date,
        case when fact_task_event.event_code = 'reported' then event_at end as reported_at,
        case when fact_task_event.lifecycle_code in ('completed', 'awaiting_confirmation') then event_date end
            as finished_date,
        case when fact_task_event.lifecycle_code in ('completed', 'awaiting_confirmation') then event_at end
            as finished_at
    from warehouse.fact_task_event
    join tasks on fact_task_event.task_key = tasks.task_key
    left join raw.event_kind on fact_task_event.event_code = event_kind.event_code
    where fact_task_event.lifecycle_code is not null or is_new_deadline = 1 or is_hand_over = 1
),

-- A history that tells no deadlines or no lifecycle leaves those of the task's own row, as in fact_task_plain_span.
assignments as (
    select
        task_key, 0 as event_key, agency_key,
        case
            when has_lifecycle_events = 1 then 'not_started'
            when lifecycle_code in ('completed', 'withdrawn', 'recalled', 'deleted', 'transferred',
                'awaiting_confirmation') then 'in_progress'
            else lifecycle_code
        end as lifecycle_code,
        case when has_deadline_events = 1 then due_original_date else due_date end as due_date,
        case when has_deadline_events = 1 then due_original_overdue_date else overdue_date end as overdue_date,
        assigned_date, 1 as sets_report, 1 as sets_due, 0 as change_rank, 0 as row_no, assigned_date as change_date,
        assigned_at as change_at, case when has_deadline_events = 1 then due_original_at else due_at end as due_at,
        case when 1 = 0 then reported_date end as reported_date, case when 1 = 0 then reported_at end as reported_at,
        case when 1 = 0 then reported_date end as finished_date, case when 1 = 0 then reported_at end as finished_at
    from tasks
),

reports as (
    select
        task_key, 0 as event_key, case when 1 = 0 then agency_key end as agency_key,
        case
            when requires_confirmation = 1 or lifecycle_code = 'awaiting_confirmation' then 'awaiting_confirmation'
        end as lifecycle_code,
        case when 1 = 0 then reported_date end as due_date, case when 1 = 0 then reported_date end as overdue_date,
        assigned_date, 1 as sets_report, 0 as sets_due, 7 as change_rank, 0 as row_no,
        reported_date as change_date, reported_at as change_at, case when 1 = 0 then reported_at end as due_at,
        reported_date, reported_at, reported_date as finished_date, reported_at as finished_at
    from tasks
    where has_lifecycle_events = 0 and lifecycle_code in ('awaiting_confirmation', 'completed')
        and reported_date is not null
),

closings as (
    select
        task_key, 0 as event_key, case when 1 = 0 then agency_key end as agency_key, lifecycle_code,
        case when 1 = 0 then reported_date end as due_date, case when 1 = 0 then reported_date end as overdue_date,
        assigned_date, 0 as sets_report, 0 as sets_due, 12 as change_rank, 0 as row_no,
        case
            when lifecycle_code = 'completed' then coalesce(completed_date, reported_date, extract_date)
            when lifecycle_code in ('withdrawn', 'recalled') and due_date < extract_date
                then coalesce(withdrawn_date, due_date)
            when lifecycle_code in ('withdrawn', 'recalled') then coalesce(withdrawn_date, extract_date)
            else extract_date
        end as change_date,
        case when lifecycle_code = 'completed' then completed_at end as change_at,
        case when 1 = 0 then reported_at end as due_at,
        case when 1 = 0 then reported_date end as reported_date, case when 1 = 0 then reported_at end as reported_at,
        case
            when lifecycle_code = 'completed' then coalesce(completed_date, reported_date, extract_date)
            when lifecycle_code = 'awaiting_confirmation' then extract_date
        end as finished_date,
        case when lifecycle_code = 'completed' then completed_at end as finished_at
    from tasks
    where (lifecycle_code = 'deleted' and has_deletion_events = 0)
        or (has_closing_events = 0 and lifecycle_code in ('completed', 'withdrawn', 'recalled', 'transferred'))
        or (has_lifecycle_events = 0 and lifecycle_code = 'awaiting_confirmation' and reported_date is null)
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
