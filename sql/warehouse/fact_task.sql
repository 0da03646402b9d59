-- One row per task, updated as it passes each milestone (accumulating snapshot); re-entries of one task count once.
-- kind: table
-- key: task_key
-- slice: task_key
with tasks as (
    select
        task_key, load_key, source_key, parent_key, province_key, agency_name_key, assigner_key, assigner_level_key,
        task_kind_key, programme_key, document_key, lifecycle_code,
        requires_confirmation, is_deleted, assigned_date, started_date, due_date, overdue_date,
        due_original_date, due_original_overdue_date, reported_date, completed_date, withdrawn_date, extract_date,
        assigned_at, due_at, due_original_at, reported_at, completed_at, updated_at, row_no
    from staging.current_task
),

milestones as (
    select
        task_key, lifecycle_code, is_lifecycle_from_difference, started_date, first_reported_date, reported_date, completed_date, withdrawn_date,
        last_event_date, reported_at, completed_at, event_count, extension_count, refusal_count,
        reassignment_count, reminder_count, has_lifecycle_events, has_closing_events,
        has_deletion_events, has_deadline_events, has_state_events, first_due_date, due_date, overdue_date, due_at
    from staging.task_milestone
),

measured as (
    select
        tasks.task_key,
        tasks.load_key,
        tasks.source_key,
        coalesce(tasks.province_key, 0) as province_key,
        coalesce(agency_name_day.agency_key, 0) as agency_key,     -- 0 = unknown agency, never dropped
        coalesce(tasks.assigner_key, 0) as assigner_key,
        coalesce(tasks.assigner_level_key, 0) as assigner_level_key,
        coalesce(tasks.task_kind_key, 0) as task_kind_key,
        coalesce(tasks.programme_key, 0) as programme_key,
        coalesce(tasks.document_key, 0) as document_key,
        tasks.parent_key,
        case
            when tasks.is_deleted = 1 then 'deleted'
            -- The row tells the closing that its history leaves out.
            when tasks.lifecycle_code in ('completed', 'withdrawn', 'recalled', 'transferred')
                and coalesce(milestones.has_closing_events, 0) = 0 then tasks.lifecycle_code
            -- Where nobody has to confirm, the report completes the task.
            when milestones.lifecycle_code = 'awaiting_confirmation' and milestones.is_lifecycle_from_difference = 0
                and coalesce(tasks.requires_confirmation, 0) = 0 then 'completed'
            else coalesce(milestones.lifecycle_code, tasks.lifecycle_code)
        end as lifecycle_code,
        coalesce(milestones.event_count, 0) as event_count,
        coalesce(milestones.extension_count, 0) as extension_count,
        coalesce(milestones.refusal_count, 0) as refusal_count,
        coalesce(milestones.reassignment_count, 0) as reassignment_count,
        coalesce(milestones.reminder_count, 0) as reminder_count,
        case when tasks.parent_key is null then 0 else 1 end as is_sub_task,
        coalesce(tasks.requires_confirmation, 0) as requires_confirmation,
        coalesce(milestones.has_lifecycle_events, 0) as has_lifecycle_events,
        coalesce(milestones.has_closing_events, 0) as has_closing_events,
        coalesce(milestones.has_deletion_events, 0) as has_deletion_events,
        coalesce(milestones.has_deadline_events, 0) as has_deadline_events,
        coalesce(milestones.has_state_events, 0) as has_state_events,
        tasks.assigned_date,
        coalesce(milestones.started_date, tasks.started_date) as started_date,
        coalesce(milestones.first_reported_date, tasks.reported_date) as first_reported_date,
        coalesce(milestones.reported_date, tasks.reported_date) as reported_date,
        coalesce(
            milestones.completed_date, tasks.completed_date,
            case when coalesce(tasks.requires_confirmation, 0) = 0 then milestones.reported_date end
        ) as completed_date,
        coalesce(milestones.withdrawn_date, tasks.withdrawn_date) as withdrawn_date,
        milestones.last_event_date,
        coalesce(tasks.due_original_date, milestones.first_due_date, tasks.due_date) as due_original_date,
        coalesce(tasks.due_original_overdue_date, fn.add_days(milestones.first_due_date, 1), tasks.overdue_date)
            as due_original_overdue_date,
        coalesce(milestones.due_date, tasks.due_date) as due_date,
        coalesce(milestones.overdue_date, tasks.overdue_date) as overdue_date,
        tasks.extract_date,
        tasks.assigned_at,
        case
            when tasks.due_original_date is not null then tasks.due_original_at
            when milestones.first_due_date is null then tasks.due_at
        end as due_original_at,
        case when milestones.due_date is not null then milestones.due_at else tasks.due_at end as due_at,
        coalesce(milestones.reported_at, tasks.reported_at) as reported_at,
        coalesce(milestones.completed_at, tasks.completed_at) as completed_at,
        tasks.updated_at,
        tasks.row_no
    from tasks
    left join milestones on tasks.task_key = milestones.task_key
    left join staging.agency_name_day
        on tasks.agency_name_key = agency_name_day.agency_name_key
        and tasks.assigned_date >= agency_name_day.valid_from
        and tasks.assigned_date < agency_name_day.valid_to
)

select * from measured
