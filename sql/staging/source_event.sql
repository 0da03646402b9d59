-- One row per event that a source recorded, as it was delivered last.
-- kind: view
-- key: event_key
with deliveries as (
    select
        event_key, task_key, load_key, source_key, agency_name_key, document_key, row_no,
        event_code, lifecycle_code, cause_code, event_text, percent_done,
        event_date, due_date, overdue_date, old_due_date, recorded_date, event_at, due_at
    from raw.task_event
),

newest as (
    select deliveries.*, batch.extract_date
    from deliveries
    join raw.batch on deliveries.load_key = batch.load_key
    left join raw.task_event_superseded
        on deliveries.event_key = task_event_superseded.event_key
        and deliveries.load_key = task_event_superseded.load_key
    where task_event_superseded.event_key is null
),

-- A request, a reminder or a report may name a date or an agency without moving the deadline or the task.
judged as (
    select
        newest.*,
        case when newest.due_date is not null then coalesce(event_kind.may_set_deadline, 0) else 0 end as is_new_deadline,
        case when newest.agency_name_key is not null then coalesce(event_kind.may_hand_over, 0) else 0 end as is_hand_over
    from newest
    left join raw.event_kind on newest.event_code = event_kind.event_code
)

select * from judged
