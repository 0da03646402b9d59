-- One row per group of like tasks and landmark: how many were opened, closed and late lately, as known at the landmark.
-- kind: view
-- key: attribute_no, group_key, landmark_date
with landmarks as (
    select landmark_date
    from warehouse.dim_landmark
),

counts as (
    select
        risk_group.attribute_no, risk_group.group_key, risk_group.source_key, landmarks.landmark_date,
        sum(case when risk_group.closed_date >= landmarks.landmark_date then 1 else 0 end) as open_count,
        sum(case when risk_group.closed_date >= landmarks.landmark_date and risk_group.settled_date < landmarks.landmark_date then 1 else 0 end) as overdue_count,
        sum(case when risk_group.assigned_date >= fn.add_days(landmarks.landmark_date, -28) then 1 else 0 end) as opened_28_count,
        sum(case when risk_group.is_given_up = 0 and risk_group.closed_date < landmarks.landmark_date and risk_group.closed_date >= fn.add_days(landmarks.landmark_date, -7) then 1 else 0 end) as closed_7_count,
        sum(case when risk_group.is_given_up = 0 and risk_group.closed_date < landmarks.landmark_date and risk_group.closed_date >= fn.add_days(landmarks.landmark_date, -28) then 1 else 0 end) as closed_28_count,
        sum(case when risk_group.is_given_up = 0 and risk_group.closed_date < landmarks.landmark_date and risk_group.closed_date >= fn.add_days(landmarks.landmark_date, -28)
            then fn.days_between(risk_group.assigned_date, risk_group.closed_date) else 0 end) as closed_28_age_days,
        sum(case when risk_group.settled_date < landmarks.landmark_date and risk_group.settled_date >= fn.add_days(landmarks.landmark_date, -91) then 1 else 0 end) as settled_91_count,
        sum(case when risk_group.settled_date < landmarks.landmark_date and risk_group.settled_date >= fn.add_days(landmarks.landmark_date, -91) then risk_group.is_late else 0 end) as late_91_count,
        sum(case when risk_group.settled_date < landmarks.landmark_date then 1 else 0 end) as settled_365_count,
        sum(case when risk_group.settled_date < landmarks.landmark_date then risk_group.is_late else 0 end) as late_365_count
    from analytics.risk_group
    join landmarks
        on risk_group.assigned_date < landmarks.landmark_date
        and risk_group.closed_date >= fn.add_days(landmarks.landmark_date, -365)
    group by risk_group.attribute_no, risk_group.group_key, risk_group.source_key, landmarks.landmark_date
)

select * from counts
