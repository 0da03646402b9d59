-- One row per task, chains of re-entries counted once: assigned when the chain began, otherwise as its newest re-entry says.
-- kind: view
-- key: task_key
with single_tasks as (
    select task.*
    from staging.task
    left join staging.task_chain on task.task_key = task_chain.task_key
    left join staging.carried_task on task.task_key = carried_task.root_key
    where task_chain.task_key is null and carried_task.root_key is null
),

-- A chain whose first task was never delivered starts where it is first seen.
chain_starts as (
    select
        carried_task.root_key, carried_task.newest_key,
        coalesce(first_task.assigned_date, newest_task.assigned_date) as assigned_date,
        coalesce(first_task.assigned_at, newest_task.assigned_at) as assigned_at,
        coalesce(first_task.document_key, newest_task.document_key) as document_key,
        coalesce(first_task.province_key, newest_task.province_key) as province_key,
        coalesce(first_task.due_original_date, first_task.due_date, newest_task.due_original_date) as due_original_date,
        coalesce(first_task.due_original_overdue_date, first_task.overdue_date, newest_task.due_original_overdue_date) as due_original_overdue_date,
        case
            when first_task.due_original_date is not null then first_task.due_original_at
            when first_task.due_date is not null then first_task.due_at
            else newest_task.due_original_at
        end as due_original_at
    from staging.carried_task
    join staging.task as newest_task on carried_task.newest_key = newest_task.task_key
    left join staging.task as first_task on carried_task.root_key = first_task.task_key
),

carried_tasks as (
    select
        chain_starts.root_key as task_key, task.load_key, task.source_key, task.parent_key, task.carried_from_key,
        chain_starts.province_key, task.agency_name_key, task.assigner_key, task.assigner_level_key,
        task.task_kind_key, task.programme_key, chain_starts.document_key, task.row_no,
        task.lifecycle_code, task.requires_confirmation, task.is_deleted,
        chain_starts.assigned_date, task.started_date, task.due_date, task.overdue_date,
        chain_starts.due_original_date, chain_starts.due_original_overdue_date,
        task.reported_date, task.completed_date, task.withdrawn_date,
        chain_starts.assigned_at, task.due_at, chain_starts.due_original_at, task.reported_at, task.completed_at,
        task.updated_at, task.extract_date
    from chain_starts
    join staging.task on chain_starts.newest_key = task.task_key
),

tasks as (
    select * from single_tasks
    union all
    select * from carried_tasks
)

select * from tasks
