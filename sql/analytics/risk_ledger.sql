-- One row per learner, agency and month of prediction: how many tasks it said would be late, and how many were.
-- kind: view
-- key: learner_code, province_key, agency_key, month_start_date
with outcomes as (
    select
        learner_code, province_key, agency_key, probability, is_late, is_in_interval,
        fn.month_start(as_of_date) as month_start_date
    from warehouse.fact_task_risk_outcome
    where band_code <> 'certain'
),

ledger as (
    select
        learner_code, province_key, agency_key, month_start_date, count(*) as task_count,
        sum(probability) as predicted_late_count, sum(is_late) as observed_late_count,
        sum((probability - is_late) * (probability - is_late)) as squared_error_sum,
        sum(probability * (1 - probability)) as variance_sum,
        sum(case when is_in_interval is not null then 1 else 0 end) as interval_count,
        sum(coalesce(is_in_interval, 0)) as covered_count
    from outcomes
    group by learner_code, province_key, agency_key, month_start_date
)

select * from ledger
