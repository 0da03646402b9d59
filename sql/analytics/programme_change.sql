-- One row per change of a work programme, with what people need to judge it: the task, the unit, the reason and the decision.
-- kind: view
-- key: change_key
with changes as (
    select
        change_key, task_key, source_key, province_key, agency_key, programme_key, document_key, change_code, cause_code,
        title, reason_text, has_reason, has_decision, is_orphan, change_date, due_date, old_due_date
    from warehouse.fact_programme_change
),

titles as (
    select task_key, task_code, title
    from warehouse.fact_programme_task
),

listed as (
    select
        changes.change_key,
        changes.task_key,
        changes.source_key,
        changes.province_key,
        changes.agency_key,
        changes.programme_key,
        changes.document_key,
        dim_agency.agency_name,
        dim_programme.programme_name,
        dim_programme.programme_year,
        titles.task_code,
        coalesce(changes.title, titles.title) as title,
        changes.change_code,
        changes.cause_code,
        changes.reason_text,
        cast(case when changes.has_decision = 1 then dim_document.document_number end as varchar(4000)) as decision_number,
        changes.has_reason,
        changes.has_decision,
        changes.is_orphan,
        changes.change_date,
        changes.old_due_date,
        changes.due_date
    from changes
    join warehouse.dim_agency on changes.agency_key = dim_agency.agency_key
    join warehouse.dim_programme on changes.programme_key = dim_programme.programme_key
    join warehouse.dim_document on changes.document_key = dim_document.document_key
    left join titles on changes.task_key = titles.task_key
)

select * from listed
