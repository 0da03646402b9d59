-- One row per source, landmark and stretch of age: the share of its tasks of that age that are closed in a day.
-- kind: view
-- key: source_key, landmark_date, age_no
-- Ages that no task has reached in the window are taken to go on at the pace of the last one reached.
with reached as (
    select source_key, landmark_date, age_no, cast(closing_count as double precision) / exposed_days as daily_closings
    from analytics.risk_group_hazard
    where attribute_no = 0 and exposed_days >= 50
),

sources as (
    select source_key, landmark_date
    from reached
    group by source_key, landmark_date
),

ages as (
    select
        sources.source_key, sources.landmark_date, risk_age.age_no, risk_age.low_days, risk_age.high_days,
        max(reached.age_no) over (
            partition by sources.source_key, sources.landmark_date order by risk_age.age_no
            rows between unbounded preceding and current row
        ) as as_age_no
    from sources
    join analytics.risk_age on 1 = 1
    left join reached
        on sources.source_key = reached.source_key
        and sources.landmark_date = reached.landmark_date
        and risk_age.age_no = reached.age_no
),

paces as (
    select
        ages.source_key, ages.landmark_date, ages.age_no, ages.low_days, ages.high_days,
        coalesce(reached.daily_closings, 0) as daily_closings
    from ages
    left join reached
        on ages.source_key = reached.source_key
        and ages.landmark_date = reached.landmark_date
        and ages.as_age_no = reached.age_no
)

select * from paces
