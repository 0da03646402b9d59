-- One row per lock and task that was open at it or closed in the time reported on: lifecycle, deadline and agency at the end of the lock's day.
-- kind: table
-- key: conference_key, lock_no, task_key
with closings as (
    select
        fact_conference_entry.*, fact_conference_milestone.lifecycle_code as event_lifecycle_code,
        fact_conference_milestone.lifecycle_date, fact_conference_milestone.lifecycle_at, fact_conference_milestone.next_due_no,
        fact_conference_milestone.next_old_due_date, fact_conference_milestone.due_no,
        fact_conference_milestone.due_date as event_due_date, fact_conference_milestone.overdue_date as event_overdue_date,
        fact_conference_milestone.due_at as event_due_at, fact_conference_milestone.hand_over_date,
        fact_conference_milestone.agency_name_key as hand_over_name_key,
        fact_conference_milestone.reported_date as event_reported_date,
        fact_conference_milestone.reported_at as event_reported_at,
        coalesce(fact_conference_milestone.has_lifecycle_events, 0) as has_lifecycle_events,
        -- The row tells the closing that its history leaves out.
        case
            when fact_conference_entry.closed_date <= fact_conference_entry.lock_date
                and coalesce(fact_conference_milestone.has_closing_events, 0) = 0
                and fact_conference_entry.closed_date
                    >= coalesce(fact_conference_milestone.lifecycle_date, cast('1900-01-01' as date)) then 1
            else 0
        end as is_closed_by_row
    from warehouse.fact_conference_entry
    left join warehouse.fact_conference_milestone
        on fact_conference_entry.conference_key = fact_conference_milestone.conference_key
        and fact_conference_entry.lock_no = fact_conference_milestone.lock_no
        and fact_conference_entry.task_key = fact_conference_milestone.task_key
),

states as (
    select
        conference_key, lock_no, task_key, entry_key, load_key, source_key, province_key, programme_key, task_kind_key,
        coalesce(hand_over_name_key, agency_name_key) as agency_name_key, task_code, title,
        required_update_code,
        case
            when is_closed_by_row = 1 then lifecycle_code
            -- Where nobody has to confirm, the report completes the task.
            when event_lifecycle_code = 'awaiting_confirmation' and requires_confirmation = 0 then 'completed'
            when event_lifecycle_code is not null then event_lifecycle_code
            when has_lifecycle_events = 1 then 'not_started'
            when lifecycle_code in ('awaiting_confirmation', 'completed') and reported_date <= lock_date
                and (requires_confirmation = 1 or lifecycle_code = 'awaiting_confirmation') then 'awaiting_confirmation'
            when lifecycle_code in ('completed', 'withdrawn', 'recalled', 'transferred', 'awaiting_confirmation')
                then 'in_progress'
            else lifecycle_code
        end as lifecycle_code,
        period_from, lock_date, assigned_date,
        case when hand_over_name_key is null then assigned_date else hand_over_date end as agency_date,
        case
            when due_no is not null then event_due_date
            when next_due_no is not null then coalesce(due_original_date, next_old_due_date, due_date)
            else due_date
        end as due_date,
        case
            when due_no is not null then event_overdue_date
            when next_due_no is not null
                then coalesce(due_original_overdue_date, fn.add_days(next_old_due_date, 1), overdue_date)
            else overdue_date
        end as overdue_date,
        case when is_closed_by_row = 1 then closed_date else lifecycle_date end as changed_date,
        coalesce(
            event_reported_date,
            case when has_lifecycle_events = 0 and reported_date <= lock_date then reported_date end,
            case when is_closed_by_row = 1 then closed_date else lifecycle_date end
        ) as judged_date,
        case when due_no is not null then event_due_at when next_due_no is null then due_at end as due_at,
        case
            when event_reported_date is not null then event_reported_at
            when has_lifecycle_events = 0 and reported_date <= lock_date then reported_at
            when is_closed_by_row = 1 then completed_at
            else lifecycle_at
        end as judged_at
    from closings
),

reported_on as (
    select *
    from states
    where lifecycle_code <> 'deleted'
        and (lifecycle_code not in ('completed', 'withdrawn', 'recalled', 'transferred') or changed_date >= period_from)
)

select * from reported_on
