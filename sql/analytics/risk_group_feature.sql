-- One row per task at risk, landmark and group of like tasks: what the group's last months say of the task's chances.
-- kind: view
-- key: task_key, landmark_date, attribute_no
-- Shares of few tasks are drawn towards that of all tasks of the source, as if five tasks of theirs were the group's own.
with at_risk as (
    select
        risk_state.task_key, risk_state.landmark_date, risk_state.source_key, risk_state.age_days,
        fn.add_days(risk_state.assigned_date, 1 - dim_date.weekday_no) as week_date
    from analytics.risk_state
    join warehouse.dim_date on risk_state.assigned_date = dim_date.calendar_date
    where risk_state.is_at_risk = 1
),

source_pace as (
    select
        source_key, landmark_date,
        cast(late_91_count as double precision) / nullif(settled_91_count, 0) as late_91_share,
        cast(late_365_count as double precision) / nullif(settled_365_count, 0) as late_365_share,
        cast(closed_28_count as double precision) / nullif(closed_28_count + open_count, 0) as closed_28_share
    from analytics.risk_group_pace
    where attribute_no = 0
),

measured as (
    select
        at_risk.task_key, at_risk.landmark_date, risk_group.attribute_no,
        (pace.late_91_count + 5 * coalesce(source_pace.late_91_share, 0.5)) / (pace.settled_91_count + 5) as late_91_share,
        (pace.late_365_count + 5 * coalesce(source_pace.late_365_share, 0.5)) / (pace.settled_365_count + 5) as late_365_share,
        (pace.closed_28_count + 5 * coalesce(source_pace.closed_28_share, 0.5)) / (pace.closed_28_count + pace.open_count + 5) as closed_28_share,
        cast(pace.overdue_count as double precision) / nullif(pace.open_count, 0) as overdue_share,
        cast(pace.open_count as double precision) / (pace.opened_28_count + 1) as backlog_ratio,
        cast(pace.closed_28_age_days - pace.closed_28_count * at_risk.age_days as double precision)
            / nullif(pace.closed_28_age_days + pace.closed_28_count * at_risk.age_days, 0) as closing_front,
        risk_expected.pace_ratio,
        cast(cohort.open_count as double precision) / cohort.opened_count as cohort_open_share,
        risk_expected.expected_closings
    from at_risk
    join analytics.risk_group on at_risk.task_key = risk_group.task_key
    join analytics.risk_group_pace as pace
        on risk_group.attribute_no = pace.attribute_no
        and risk_group.group_key = pace.group_key
        and at_risk.landmark_date = pace.landmark_date
    join source_pace
        on at_risk.source_key = source_pace.source_key
        and at_risk.landmark_date = source_pace.landmark_date
    left join analytics.risk_group_cohort as cohort
        on risk_group.attribute_no = cohort.attribute_no
        and risk_group.group_key = cohort.group_key
        and at_risk.landmark_date = cohort.landmark_date
        and at_risk.week_date = cohort.week_date
    left join analytics.risk_expected
        on at_risk.task_key = risk_expected.task_key
        and at_risk.landmark_date = risk_expected.landmark_date
        and risk_group.attribute_no = risk_expected.attribute_no
)

select * from measured
