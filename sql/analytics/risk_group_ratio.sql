-- One row per group of like tasks and landmark: closings in the window against those that the source's pace would have given.
-- kind: view
-- key: attribute_no, group_key, landmark_date
with sums as (
    select
        own.attribute_no, own.group_key, own.landmark_date,
        cast(sum(own.closing_count) as double precision) as closing_count,
        sum(own.exposed_days * pace.daily_closings) as expected_count
    from analytics.risk_group_hazard as own
    join analytics.risk_source_pace as pace
        on own.source_key = pace.source_key
        and own.landmark_date = pace.landmark_date
        and own.age_no = pace.age_no
    group by own.attribute_no, own.group_key, own.landmark_date
),

ratios as (
    select
        attribute_no, group_key, landmark_date, (closing_count + 3) / (expected_count + 3) as pace_ratio
    from sums
)

select * from ratios
