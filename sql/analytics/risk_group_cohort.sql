-- One row per group of like tasks, landmark and week of opening: how many were opened in it, and how many of them are still open.
-- kind: view
-- key: attribute_no, group_key, landmark_date, week_date
with landmarks as (
    select landmark_date
    from warehouse.dim_landmark
),

weeks as (
    select calendar_date, fn.add_days(calendar_date, 1 - weekday_no) as week_date
    from warehouse.dim_date
),

cohorts as (
    select
        risk_group.attribute_no, risk_group.group_key, risk_group.source_key, landmarks.landmark_date, weeks.week_date,
        count(*) as opened_count,
        sum(case when risk_group.closed_date >= landmarks.landmark_date then 1 else 0 end) as open_count
    from analytics.risk_group
    join weeks on risk_group.assigned_date = weeks.calendar_date
    join landmarks
        on risk_group.assigned_date < landmarks.landmark_date
        and risk_group.assigned_date >= fn.add_days(landmarks.landmark_date, -371)
    group by risk_group.attribute_no, risk_group.group_key, risk_group.source_key, landmarks.landmark_date, weeks.week_date
)

select * from cohorts
