-- One row per group of like tasks, landmark and stretch of age: days that tasks of that age were open in the last half year, and closings.
-- kind: view
-- key: attribute_no, group_key, landmark_date, age_no
with landmarks as (
    select landmark_date, fn.add_days(landmark_date, -182) as window_date
    from warehouse.dim_landmark
),

-- Days of age that fall into the window; the day of closing counts as a day at risk. Who is given up was watched until then.
lives as (
    select
        risk_history.task_key, landmarks.landmark_date,
        case when risk_history.assigned_date < landmarks.window_date then fn.days_between(risk_history.assigned_date, landmarks.window_date) else 0 end as from_age,
        case
            when risk_history.closed_date < landmarks.landmark_date then fn.days_between(risk_history.assigned_date, risk_history.closed_date) + 1
            else fn.days_between(risk_history.assigned_date, landmarks.landmark_date)
        end as to_age,
        case when risk_history.is_given_up = 0 and risk_history.closed_date < landmarks.landmark_date then fn.days_between(risk_history.assigned_date, risk_history.closed_date) else -1 end as closing_age
    from analytics.risk_history
    join landmarks
        on risk_history.assigned_date < landmarks.landmark_date
        and risk_history.closed_date >= landmarks.window_date
),

exposures as (
    select
        lives.task_key, lives.landmark_date, risk_age.age_no,
        case when lives.to_age < risk_age.high_days then lives.to_age else risk_age.high_days end
            - case when lives.from_age > risk_age.low_days then lives.from_age else risk_age.low_days end as exposed_days,
        case when lives.closing_age >= risk_age.low_days and lives.closing_age < risk_age.high_days then 1 else 0 end as is_closing
    from lives
    join analytics.risk_age
        on lives.to_age > risk_age.low_days
        and lives.from_age < risk_age.high_days
),

hazards as (
    select
        risk_group.attribute_no, risk_group.group_key, risk_group.source_key, exposures.landmark_date, exposures.age_no,
        sum(cast(exposures.exposed_days as bigint)) as exposed_days, sum(exposures.is_closing) as closing_count
    from exposures
    join analytics.risk_group on exposures.task_key = risk_group.task_key
    group by risk_group.attribute_no, risk_group.group_key, risk_group.source_key, exposures.landmark_date, exposures.age_no
)

select * from hazards
