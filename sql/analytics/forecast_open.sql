-- One row per landmark, agency and position: how many of its open tasks stood there at the end of the day before, by what was known then.
-- kind: view
-- key: landmark_date, source_key, province_key, agency_key, class_code, position_days
with open_tasks as (
    select
        landmark_date, source_key, province_key, agency_key,
        case when has_deadline = 0 then 'none' when overdue_from >= cast('9999-12-31' as date) then 'waiting' else 'due' end as class_code,
        case
            when has_deadline = 0 then fn.days_between(assigned_date, landmark_date) - 1
            when overdue_from >= cast('9999-12-31' as date) then fn.days_between(valid_from, landmark_date) - 1
            else fn.days_between(overdue_from, landmark_date) - 1
        end as position_days
    from analytics.risk_state
),

counts as (
    select
        landmark_date, source_key, province_key, agency_key, class_code, position_days, cast(count(*) as bigint) as task_count
    from open_tasks
    group by landmark_date, source_key, province_key, agency_key, class_code, position_days
)

select * from counts
