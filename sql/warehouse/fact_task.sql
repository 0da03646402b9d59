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

named as (
    select
        tasks.*, agency_alias.agency_code,
        case when tasks.assigned_date < agency_alias.valid_from then agency_alias.valid_from else tasks.assigned_date end
            as agency_date
    from tasks
    left join staging.agency_alias
        on tasks.agency_name_key = agency_alias.agency_name_key
        and tasks.assigned_date >= agency_alias.understood_from
        and tasks.assigned_date < agency_alias.valid_to
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
        named.task_key,
        named.load_key,
        named.source_key,
        coalesce(named.province_key, 0) as province_key,
        coalesce(dim_agency.agency_key, 0) as agency_key,     -- 0 = unknown agency, never dropped
        coalesce(named.assigner_key, 0) as assigner_key,
        coalesce(named.assigner_level_key, 0) as assigner_level_key,
        coalesce(named.task_kind_key, 0) as task_kind_key,
        coalesce(named.programme_key, 0) as programme_key,
        coalesce(named.document_key, 0) as document_key,
        named.parent_key,
        case
            when named.is_deleted = 1 then 'deleted'
            -- The row tells the closing that its history leaves out.
            when named.lifecycle_code in ('completed', 'withdrawn', 'recalled', 'transferred')
                and coalesce(milestones.has_closing_events, 0) = 0 then named.lifecycle_code
            -- Where nobody has to confirm, the report completes the task.
            when milestones.lifecycle_code = 'awaiting_confirmation' and milestones.is_lifecycle_from_difference = 0
                and coalesce(named.requires_confirmation, 0) = 0 then 'completed'
            else coalesce(milestones.lifecycle_code, named.lifecycle_code)
        end as lifecycle_code,
        coalesce(milestones.event_count, 0) as event_count,
        coalesce(milestones.extension_count, 0) as extension_count,
        coalesce(milestones.refusal_count, 0) as refusal_count,
        coalesce(milestones.reassignment_count, 0) as reassignment_count,
        coalesce(milestones.reminder_count, 0) as reminder_count,
        case when named.parent_key is null then 0 else 1 end as is_sub_task,
        coalesce(named.requires_confirmation, 0) as requires_confirmation,
        coalesce(milestones.has_lifecycle_events, 0) as has_lifecycle_events,
        coalesce(milestones.has_closing_events, 0) as has_closing_events,
        coalesce(milestones.has_deletion_events, 0) as has_deletion_events,
        coalesce(milestones.has_deadline_events, 0) as has_deadline_events,
        coalesce(milestones.has_state_events, 0) as has_state_events,
        named.assigned_date,
        coalesce(milestones.started_date, named.started_date) as started_date,
        coalesce(milestones.first_reported_date, named.reported_date) as first_reported_date,
        coalesce(milestones.reported_date, named.reported_date) as reported_date,
        coalesce(
            milestones.completed_date, named.completed_date,
            case when coalesce(named.requires_confirmation, 0) = 0 then milestones.reported_date end
        ) as completed_date,
        coalesce(milestones.withdrawn_date, named.withdrawn_date) as withdrawn_date,
        milestones.last_event_date,
        coalesce(named.due_original_date, milestones.first_due_date, named.due_date) as due_original_date,
        coalesce(named.due_original_overdue_date, fn.add_days(milestones.first_due_date, 1), named.overdue_date)
            as due_original_overdue_date,
        coalesce(milestones.due_date, named.due_date) as due_date,
        coalesce(milestones.overdue_date, named.overdue_date) as overdue_date,
        named.extract_date,
        named.assigned_at,
        case
            when named.due_original_date is not null then named.due_original_at
            when milestones.first_due_date is null then named.due_at
        end as due_original_at,
        case when milestones.due_date is not null then milestones.due_at else named.due_at end as due_at,
        coalesce(milestones.reported_at, named.reported_at) as reported_at,
        coalesce(milestones.completed_at, named.completed_at) as completed_at,
        named.updated_at,
        named.row_no
    from named
    left join milestones on named.task_key = milestones.task_key
    left join warehouse.dim_agency
        on named.agency_code = dim_agency.agency_code
        and named.agency_date >= dim_agency.valid_from
        and named.agency_date < dim_agency.valid_to
)

select * from measured
