-- One row per change of a work programme (S2-14, S3-17): a task added, withdrawn or adjusted, and whether reason and decision are given.
-- kind: table
-- key: change_key
with changes as (
    select
        change_key, task_key, earlier_task_key, load_key, source_key, province_key, agency_name_key, programme_key,
        document_key, change_code, cause_code, title, reason_text, change_date, due_date, old_due_date
    from staging.programme_change
),

named as (
    select
        changes.*, agency_alias.agency_code,
        case when changes.change_date < agency_alias.valid_from then agency_alias.valid_from else changes.change_date end
            as agency_date
    from changes
    left join staging.agency_alias
        on changes.agency_name_key = agency_alias.agency_name_key
        and changes.change_date >= agency_alias.understood_from
        and changes.change_date < agency_alias.valid_to
),

resolved as (
    select
        named.change_key,
        named.task_key,
        named.earlier_task_key,
        named.load_key,
        named.source_key,
        coalesce(named.province_key, 0) as province_key,
        -- Where the change names no agency, it is the task's.
        coalesce(
            dim_agency.agency_key, case when named.agency_name_key is null then fact_task.agency_key end, 0
        ) as agency_key,
        coalesce(named.programme_key, fact_task.programme_key, 0) as programme_key,
        coalesce(named.document_key, 0) as document_key,
        named.change_code,
        named.cause_code,
        named.title,
        named.reason_text,
        case when named.reason_text is null then 0 else 1 end as has_reason,
        case when named.document_key is null then 0 else 1 end as has_decision,
        case when named.task_key is not null and fact_task.task_key is null then 1 else 0 end as is_orphan,
        named.change_date,
        named.due_date,
        named.old_due_date
    from named
    left join warehouse.fact_task on named.task_key = fact_task.task_key
    left join warehouse.dim_agency
        on named.agency_code = dim_agency.agency_code
        and named.agency_date >= dim_agency.valid_from
        and named.agency_date < dim_agency.valid_to
)

select * from resolved
