-- One row per task at risk, landmark and group of like tasks: closings to be expected in the days left, at the group's pace for its age.
-- kind: view
-- key: task_key, landmark_date, attribute_no
-- Where the group's own tasks of an age are few, the source's pace for that age times the group's ratio to it stands in, as if 20 days of it were the group's own.
with at_risk as (
    select task_key, landmark_date, source_key, age_days, term_days
    from analytics.risk_state
    where is_at_risk = 1
),

-- The day of the deadline counts: who closes on it is in time, or late by hours.
stretches as (
    select
        at_risk.task_key, at_risk.landmark_date, pace.age_no,
        case when at_risk.term_days + 1 < pace.high_days then at_risk.term_days + 1 else pace.high_days end
            - case when at_risk.age_days > pace.low_days then at_risk.age_days else pace.low_days end as stretch_days,
        pace.daily_closings
    from at_risk
    join analytics.risk_source_pace as pace
        on at_risk.source_key = pace.source_key
        and at_risk.landmark_date = pace.landmark_date
        and at_risk.age_days < pace.high_days
        and at_risk.term_days + 1 > pace.low_days
),

expected as (
    select
        stretches.task_key, stretches.landmark_date, risk_group.attribute_no, max(ratio.pace_ratio) as pace_ratio,
        sum(stretches.stretch_days * (coalesce(own.closing_count, 0) + 20 * stretches.daily_closings * ratio.pace_ratio)
            / (coalesce(own.exposed_days, 0) + 20)) as expected_closings
    from stretches
    join analytics.risk_group on stretches.task_key = risk_group.task_key
    join analytics.risk_group_ratio as ratio
        on risk_group.attribute_no = ratio.attribute_no
        and risk_group.group_key = ratio.group_key
        and stretches.landmark_date = ratio.landmark_date
    left join analytics.risk_group_hazard as own
        on risk_group.attribute_no = own.attribute_no
        and risk_group.group_key = own.group_key
        and stretches.landmark_date = own.landmark_date
        and stretches.age_no = own.age_no
    group by stretches.task_key, stretches.landmark_date, risk_group.attribute_no
)

select * from expected
