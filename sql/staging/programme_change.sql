-- One row per change of a work programme, as it was delivered last.
-- kind: view
-- key: change_key
with deliveries as (
    select
        programme_change.change_key, programme_change.task_key, programme_change.earlier_task_key,
        programme_change.load_key, programme_change.source_key, programme_change.province_key,
        programme_change.agency_name_key, programme_change.programme_key, programme_change.document_key,
        programme_change.change_code, programme_change.cause_code, programme_change.title, programme_change.reason_text,
        programme_change.change_date, programme_change.due_date, programme_change.old_due_date,
        row_number() over (
            partition by programme_change.change_key
            order by
                coalesce(batch.extract_date, cast('1900-01-01' as date)) desc, programme_change.load_key,
                programme_change.row_no
        ) as recency
    from raw.programme_change
    join raw.batch on programme_change.load_key = batch.load_key
),

newest as (
    select
        change_key, task_key, earlier_task_key, load_key, source_key, province_key, agency_name_key, programme_key,
        document_key, change_code, cause_code, title, reason_text, change_date, due_date, old_due_date
    from deliveries
    where recency = 1
)

select * from newest
