-- One row per lock and task as it stood at the end of the lock's day, from what was known then: never restated (S3-22).
-- kind: table
-- key: conference_key, lock_no, task_key
-- agency_name_key is the name as delivered; agency_key what lists of agencies say today that it means.
-- A withdrawn task is in the list and in no rate. update_code: none, incomplete or complete, by what its conference requires.
with states as (
    select
        fact_conference_state.*,
        case
            when lifecycle_code in ('not_started', 'in_progress', 'awaiting_confirmation', 'returned', 'redo',
                'assignment_refused', 'suspended') then 1
            else 0
        end as is_open,
        case
            when due_date is null or judged_date is null then 0
            when judged_at is not null and due_at is not null then case when judged_at > due_at then 1 else 0 end
            when judged_date > due_date then 1
            else 0
        end as is_judged_late
    from warehouse.fact_conference_state
),

updates as (
    select
        conference_key, lock_no, task_key, update_event_code, percent_done, has_content, last_update_date, update_count,
        bunched_update_count
    from warehouse.fact_conference_milestone
),

-- A report or an obstacle needs no percentage: the one is the result, the other says why there is none.
judged as (
    select
        states.*, updates.last_update_date, coalesce(updates.update_count, 0) as update_count,
        coalesce(updates.bunched_update_count, 0) as bunched_update_count,
        case
            when updates.last_update_date is null and (states.lifecycle_code = 'completed'
                or states.lifecycle_code = 'awaiting_confirmation')
                then case when states.required_update_code = 'any' then 'complete' else 'incomplete' end
            when updates.last_update_date is null then 'none'
            when states.required_update_code = 'any' then 'complete'
            when updates.has_content = 0 then 'incomplete'
            when states.required_update_code = 'text_and_percent' and updates.update_event_code = 'progress'
                and updates.percent_done is null then 'incomplete'
            else 'complete'
        end as update_code
    from states
    left join updates
        on states.conference_key = updates.conference_key
        and states.lock_no = updates.lock_no
        and states.task_key = updates.task_key
),

frozen as (
    select
        judged.conference_key,
        judged.lock_no,
        judged.task_key,
        judged.load_key,
        judged.source_key,
        judged.province_key,
        coalesce(agency_name_day.agency_key, 0) as agency_key,
        judged.agency_name_key,
        judged.programme_key,
        judged.task_kind_key,
        judged.task_code,
        judged.title,
        judged.lifecycle_code,
        judged.update_code,
        -- How old the last update is (S3-09): a working day, a week, older, or there is none.
        case
            when judged.last_update_date is null then 'none'
            when lock_days.working_day_no - update_days.working_day_no <= 1 then 'day'
            when fn.days_between(judged.last_update_date, judged.lock_date) <= 7 then 'week'
            else 'older'
        end as freshness_code,
        judged.update_count,
        judged.bunched_update_count,
        judged.is_open,
        case when judged.lifecycle_code = 'completed' then 1 else 0 end as is_completed,
        case when judged.lifecycle_code in ('withdrawn', 'recalled', 'transferred') then 1 else 0 end as is_withdrawn,
        case when judged.due_date is null then 0 else 1 end as has_deadline,
        case when judged.lifecycle_code = 'completed' then judged.is_judged_late else 0 end as is_late,
        case
            when judged.is_open = 0 or judged.overdue_date is null or judged.overdue_date > judged.lock_date then 0
            when judged.lifecycle_code = 'awaiting_confirmation' and judged.is_judged_late = 0 then 0
            else 1
        end as is_overdue,
        case
            when judged.lifecycle_code in ('withdrawn', 'recalled', 'transferred') or judged.update_code = 'complete' then 0
            else 1
        end as is_excluded,
        judged.assigned_date,
        judged.due_date,
        judged.last_update_date,
        judged.lock_date
    from judged
    left join warehouse.dim_date as lock_days on judged.lock_date = lock_days.calendar_date
    left join warehouse.dim_date as update_days on judged.last_update_date = update_days.calendar_date
    left join staging.agency_name_day
        on judged.agency_name_key = agency_name_day.agency_name_key
        and judged.agency_date >= agency_name_day.valid_from
        and judged.agency_date < agency_name_day.valid_to
)

select * from frozen
