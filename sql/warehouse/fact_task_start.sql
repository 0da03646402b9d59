-- One row per task that was started: how long after the document that assigned it was issued, else after its assignment.
-- kind: view
-- key: task_key
-- The unit's own clock may start at receipt; the city's starts at issue (DOMAIN.md 1.3). A start before the issue is day 0.
with tasks as (
    select
        task_key, source_key, province_key, agency_key, task_kind_key, assigner_level_key, document_key, lifecycle_code,
        assigned_date, due_date, started_date
    from warehouse.fact_task
    where started_date is not null and is_sub_task = 0
),

issued as (
    select
        tasks.task_key, tasks.source_key, tasks.province_key, tasks.agency_key, tasks.task_kind_key,
        tasks.assigner_level_key, tasks.lifecycle_code,
        case when dim_document.issued_date is null then 0 else 1 end as has_issued_date,
        tasks.assigned_date, tasks.due_date,
        case
            when coalesce(dim_document.issued_date, tasks.assigned_date) > tasks.started_date then tasks.started_date
            else coalesce(dim_document.issued_date, tasks.assigned_date)
        end as issued_date,
        tasks.started_date
    from tasks
    left join warehouse.dim_document on tasks.document_key = dim_document.document_key
),

measured as (
    select issued.*, fn.days_between(issued_date, started_date) as start_days
    from issued
)

select * from measured
