-- One row per lock, task and event that came after the lock: entered by the unit while entry was locked, or dated by the lock and told later (S3-22).
-- kind: table
-- key: conference_key, lock_no, event_key
-- Listed beside the frozen tasks, which it does not change.
with tasks as (
    select
        fact_conference_task.conference_key, fact_conference_task.lock_no, fact_conference_task.task_key,
        fact_conference_task.source_key, fact_conference_task.province_key, fact_conference_task.agency_key,
        fact_conference_lock.is_entry_locked, fact_conference_lock.is_reconstructed, fact_conference_lock.lock_date,
        fact_conference_lock.conference_date, fact_conference_lock.horizon_date
    from warehouse.fact_conference_task
    join warehouse.fact_conference_lock
        on fact_conference_task.conference_key = fact_conference_lock.conference_key
        and fact_conference_task.lock_no = fact_conference_lock.lock_no
),

first_known as (
    select event_key, min(known_from) as first_known_date
    from staging.known_event
    group by event_key
),

events as (
    select
        known_event.event_key, known_event.task_key, known_event.event_code, known_event.is_update,
        known_event.event_date, known_event.entered_date, known_event.first_date, first_known.first_known_date
    from staging.known_event
    join first_known on known_event.event_key = first_known.event_key
    where known_event.known_to = cast('9999-12-31' as date)
),

judged as (
    select
        tasks.conference_key,
        tasks.lock_no,
        events.event_key,
        tasks.task_key,
        tasks.source_key,
        tasks.province_key,
        tasks.agency_key,
        events.event_code,
        case
            when tasks.is_entry_locked = 1 and events.is_update = 1
                and events.entered_date > tasks.lock_date and events.entered_date <= tasks.conference_date then 'entered_in_lock'
            when events.event_date <= tasks.lock_date
                and events.first_known_date > case
                    when tasks.is_reconstructed = 1 and events.first_date > tasks.horizon_date then events.first_date
                    else tasks.horizon_date
                end then 'told_later'
        end as lateness_code,
        events.event_date,
        events.entered_date,
        events.first_known_date,
        tasks.lock_date,
        tasks.conference_date
    from tasks
    join events on tasks.task_key = events.task_key
),

late as (
    select *
    from judged
    where lateness_code is not null
)

select * from late
