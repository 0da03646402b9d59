-- One row per landmark and task at risk with events known then: how many of which sort, and how long ago.
-- kind: view
-- key: task_key, landmark_date
with counts as (
    select
        task_key, landmark_date,
        cast(count(*) as double precision) as event_count,
        cast(sum(case when event_date >= fn.add_days(landmark_date, -14) then 1 else 0 end) as double precision) as event_14_count,
        cast(fn.days_between(max(event_date), landmark_date) as double precision) as days_since_event,
        cast(fn.days_between(max(case when event_code in ('progress', 'obstacle', 'reported', 'deadline_reported') then event_date end), landmark_date) as double precision)
            as days_since_update,
        cast(sum(case when event_code = 'reminder' then 1 else 0 end) as double precision) as reminder_count,
        cast(sum(case when event_code in ('extended', 'deadline_changed') then 1 else 0 end) as double precision) as extension_count,
        cast(sum(case when event_code = 'obstacle' then 1 else 0 end) as double precision) as obstacle_count,
        cast(sum(case when event_code in ('reassigned', 'handed_over') then 1 else 0 end) as double precision) as hand_over_count,
        cast(sum(case when event_code in ('confirmation_refused', 'redo', 'assignment_refused') then 1 else 0 end) as double precision) as refusal_count,
        cast(max(case when event_code = 'started' then 1 else 0 end) as double precision) as is_started,
        max(percent_done) as percent_done
    from analytics.risk_event
    group by task_key, landmark_date
)

select * from counts
