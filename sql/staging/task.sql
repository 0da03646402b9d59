-- One row per task delivery that no later one replaced: the newest that each source says of each task.
-- kind: view
-- key: task_key
with deliveries as (
    select
        task_key, load_key, source_key, parent_key, carried_from_key, province_key,
        agency_name_key, assigner_key, assigner_level_key, task_kind_key, programme_key, document_key, row_no,
        lifecycle_code, requires_confirmation, is_deleted,
        assigned_date, started_date, due_date, overdue_date, due_original_date, due_original_overdue_date,
        reported_date, completed_date, withdrawn_date,
        assigned_at, due_at, due_original_at, reported_at, completed_at, updated_at
    from raw.task
),

newest as (
    select deliveries.*, batch.extract_date
    from deliveries
    join raw.batch on deliveries.load_key = batch.load_key
    left join raw.task_superseded
        on deliveries.task_key = task_superseded.task_key
        and deliveries.load_key = task_superseded.load_key
    where task_superseded.task_key is null
)

select * from newest
