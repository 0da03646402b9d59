-- One row per event of a task: recorded by its source, or told by the difference between successive extracts.
-- kind: view
-- key: event_key
with events as (
    select
        event_key, task_key, load_key, source_key, agency_name_key, document_key, row_no, event_code, lifecycle_code,
        cause_code, event_text, percent_done, event_date, due_date, overdue_date, old_due_date, recorded_date, event_at,
        due_at, extract_date, is_new_deadline, is_hand_over, 0 as is_from_difference
    from staging.source_event
    union all
    select
        event_key, task_key, load_key, source_key, agency_name_key, case when 1 = 0 then load_key end as document_key,
        row_no, event_code, lifecycle_code, case when 1 = 0 then event_code end as cause_code,
        case when 1 = 0 then event_code end as event_text, case when 1 = 0 then 0.5 end as percent_done, event_date,
        due_date, overdue_date, old_due_date, extract_date as recorded_date, event_at, due_at, extract_date,
        is_new_deadline, is_hand_over, 1 as is_from_difference
    from staging.difference_event
),

-- The rank orders events of one day that tell no hour: a task is started before it is reported, reported before confirmed.
ranked as (
    select events.*, coalesce(event_kind.rank_in_day, 12) as rank_in_day
    from events
    left join raw.event_kind on events.event_code = event_kind.event_code
)

select * from ranked
