-- One row per event delivery of a source with conferences, and the timespan of extracts in which it was the newest (half-open days).
-- kind: table
-- key: event_key, known_from
-- first_date: the first extract of the events' record, from which the locks before it are reconstructed.
with conference_sources as (
    select source_key
    from raw.conference
    group by source_key
),

first_extracts as (
    select source_key, record_code, min(coalesce(extract_date, cast('1900-01-01' as date))) as first_date
    from raw.batch
    group by source_key, record_code
),

deliveries as (
    select
        task_event.event_key, coalesce(task_chain.root_key, task_event.task_key) as task_key, task_event.source_key,
        task_event.agency_name_key, task_event.row_no, task_event.event_code, task_event.lifecycle_code,
        task_event.percent_done, coalesce(task_event.has_content, 0) as has_content, task_event.event_date,
        task_event.due_date, task_event.overdue_date, task_event.old_due_date, task_event.event_at, task_event.due_at,
        coalesce(task_event.recorded_date, task_event.event_date) as entered_date,
        first_extracts.first_date, coalesce(batch.extract_date, cast('1900-01-01' as date)) as known_from,
        row_number() over (
            partition by task_event.event_key, coalesce(batch.extract_date, cast('1900-01-01' as date))
            order by task_event.load_key desc
        ) as recency
    from raw.task_event
    join conference_sources on task_event.source_key = conference_sources.source_key
    join raw.batch on task_event.load_key = batch.load_key
    join first_extracts
        on batch.source_key = first_extracts.source_key and batch.record_code = first_extracts.record_code
    left join staging.task_chain on task_event.task_key = task_chain.task_key
),

spans as (
    select
        deliveries.event_key, deliveries.task_key, deliveries.source_key, deliveries.agency_name_key, deliveries.row_no,
        deliveries.event_code, deliveries.lifecycle_code, deliveries.percent_done, deliveries.has_content,
        case when deliveries.due_date is not null then coalesce(event_kind.may_set_deadline, 0) else 0 end
            as is_new_deadline,
        case when deliveries.agency_name_key is not null then coalesce(event_kind.may_hand_over, 0) else 0 end
            as is_hand_over,
        coalesce(event_kind.is_update, 0) as is_update,
        coalesce(event_kind.sets_report, 0) as sets_report,
        coalesce(event_kind.rank_in_day, 12) as rank_in_day,
        deliveries.event_date, deliveries.entered_date, deliveries.due_date, deliveries.overdue_date,
        deliveries.old_due_date, deliveries.first_date, deliveries.known_from,
        lead(deliveries.known_from, 1, cast('9999-12-31' as date))
            over (partition by deliveries.event_key order by deliveries.known_from) as known_to,
        deliveries.event_at, deliveries.due_at
    from deliveries
    left join raw.event_kind on deliveries.event_code = event_kind.event_code
    where deliveries.recency = 1
)

select * from spans
