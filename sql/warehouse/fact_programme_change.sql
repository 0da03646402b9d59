-- One row per change of a work programme (S2-14, S3-17): a task added, withdrawn or adjusted, and whether reason and decision are given.
-- kind: table
-- key: change_key
with changes as (
    select
        change_key, task_key, earlier_task_key, load_key, source_key, province_key, agency_name_key, programme_key,
        document_key, change_code, cause_code, title, reason_text, change_date, due_date, old_due_date
    from staging.programme_change
),

resolved as (
    select
        changes.change_key,
        changes.task_key,
        changes.earlier_task_key,
        changes.load_key,
        changes.source_key,
        coalesce(changes.province_key, 0) as province_key,
        -- Where the change names no agency, it is the task's.
        coalesce(
            agency_name_day.agency_key, case when changes.agency_name_key is null then fact_task.agency_key end, 0
        ) as agency_key,
        coalesce(changes.programme_key, fact_task.programme_key, 0) as programme_key,
        coalesce(changes.document_key, 0) as document_key,
        changes.change_code,
        changes.cause_code,
        changes.title,
        changes.reason_text,
        case when changes.reason_text is null then 0 else 1 end as has_reason,
        case when changes.document_key is null then 0 else 1 end as has_decision,
        case when changes.task_key is not null and fact_task.task_key is null then 1 else 0 end as is_orphan,
        changes.change_date,
        changes.due_date,
        changes.old_due_date
    from changes
    left join warehouse.fact_task on changes.task_key = fact_task.task_key
    left join staging.agency_name_day
        on changes.agency_name_key = agency_name_day.agency_name_key
        and changes.change_date >= agency_name_day.valid_from
        and changes.change_date < agency_name_day.valid_to
)

select * from resolved
