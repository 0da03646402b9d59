-- One row per lock and task with events known at it: what they had brought by the lock, and how the agency had kept it up to date.
-- kind: table
-- key: conference_key, lock_no, task_key
with events as (
    select
        fact_conference_entry.conference_key, fact_conference_entry.lock_no, fact_conference_entry.task_key,
        fact_conference_entry.period_from, fact_conference_entry.lock_date, fact_conference_entry.bunching_days,
        known_event.event_key, known_event.agency_name_key, known_event.row_no, known_event.event_code,
        known_event.lifecycle_code, known_event.percent_done, known_event.has_content, known_event.is_new_deadline,
        known_event.is_hand_over, known_event.is_update, known_event.sets_report, known_event.rank_in_day, known_event.event_date,
        known_event.entered_date, known_event.due_date, known_event.overdue_date, known_event.old_due_date,
        known_event.event_at, known_event.due_at,
        case
            when known_event.event_date <= fact_conference_entry.lock_date
                and known_event.entered_date <= fact_conference_entry.lock_date then 1
            else 0
        end as is_by_lock
    from warehouse.fact_conference_entry
    join staging.known_event
        on fact_conference_entry.task_key = known_event.task_key
        and known_event.known_from <= case
            when fact_conference_entry.is_reconstructed = 1 and known_event.first_date > fact_conference_entry.horizon_date
                then known_event.first_date
            else fact_conference_entry.horizon_date
        end
        and known_event.known_to > case
            when fact_conference_entry.is_reconstructed = 1 and known_event.first_date > fact_conference_entry.horizon_date
                then known_event.first_date
            else fact_conference_entry.horizon_date
        end
),

numbered as (
    select
        events.*,
        row_number() over (
            partition by conference_key, lock_no, task_key
            order by
                is_by_lock desc, event_date, coalesce(event_at, fn.start_of_day(event_date)), rank_in_day, row_no, event_key
        ) as event_no
    from events
),

counted as (
    select
        conference_key, lock_no, task_key,
        max(case when is_by_lock = 1 and lifecycle_code is not null then event_no end) as lifecycle_no,
        max(case when is_by_lock = 1 and is_new_deadline = 1 then event_no end) as due_no,
        min(case when is_by_lock = 0 and is_new_deadline = 1 then event_no end) as next_due_no,
        max(case when is_by_lock = 1 and is_hand_over = 1 then event_no end) as agency_no,
        max(case when is_by_lock = 1 and sets_report = 1 then event_no end) as report_no,
        max(case when is_by_lock = 1 and is_update = 1 then event_no end) as update_no,
        max(case when is_by_lock = 1 and is_update = 1 then entered_date end) as last_update_date,
        cast(sum(case when is_by_lock = 1 and is_update = 1 and entered_date >= period_from then 1 else 0 end) as integer)
            as update_count,
        cast(sum(
            case
                when is_by_lock = 1 and is_update = 1 and entered_date >= period_from
                    and entered_date > fn.add_days(lock_date, -bunching_days) then 1
                else 0
            end
        ) as integer) as bunched_update_count,
        max(case when lifecycle_code is not null then 1 else 0 end) as has_lifecycle_events,
        max(case when lifecycle_code in ('completed', 'withdrawn', 'recalled', 'transferred') then 1 else 0 end)
            as has_closing_events
    from numbered
    group by conference_key, lock_no, task_key
),

milestones as (
    select
        counted.*, lifecycles.lifecycle_code, lifecycles.event_date as lifecycle_date, lifecycles.event_at as lifecycle_at,
        dues.due_date, dues.overdue_date, dues.due_at, next_dues.old_due_date as next_old_due_date,
        hand_overs.agency_name_key, hand_overs.event_date as hand_over_date,
        case when reports.event_code = 'reported' then reports.event_date end as reported_date,
        case when reports.event_code = 'reported' then reports.event_at end as reported_at,
        updates.event_code as update_event_code, updates.percent_done,
        coalesce(updates.has_content, 0) as has_content
    from counted
    left join numbered as lifecycles
        on counted.conference_key = lifecycles.conference_key and counted.lock_no = lifecycles.lock_no
        and counted.task_key = lifecycles.task_key and counted.lifecycle_no = lifecycles.event_no
    left join numbered as dues
        on counted.conference_key = dues.conference_key and counted.lock_no = dues.lock_no
        and counted.task_key = dues.task_key and counted.due_no = dues.event_no
    left join numbered as next_dues
        on counted.conference_key = next_dues.conference_key and counted.lock_no = next_dues.lock_no
        and counted.task_key = next_dues.task_key and counted.next_due_no = next_dues.event_no
    left join numbered as hand_overs
        on counted.conference_key = hand_overs.conference_key and counted.lock_no = hand_overs.lock_no
        and counted.task_key = hand_overs.task_key and counted.agency_no = hand_overs.event_no
    left join numbered as reports
        on counted.conference_key = reports.conference_key and counted.lock_no = reports.lock_no
        and counted.task_key = reports.task_key and counted.report_no = reports.event_no
    left join numbered as updates
        on counted.conference_key = updates.conference_key and counted.lock_no = updates.lock_no
        and counted.task_key = updates.task_key and counted.update_no = updates.event_no
)

select * from milestones
