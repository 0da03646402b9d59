-- One row per learner, agency and month of prediction: how many tasks it said would be late, and how many were.
-- kind: view
-- key: learner_code, province_key, agency_key, month_start_date
-- Only predictions whose deadline has passed: before that only timely closings are known, and every model would seem to see too black.
-- top: the tenth of the agency's tasks in the month that were given the most, at least one.
with outcomes as (
    select
        learner_code, province_key, agency_key, probability, is_late, is_in_interval,
        fn.month_start(as_of_date) as month_start_date,
        row_number() over (
            partition by learner_code, province_key, agency_key, fn.month_start(as_of_date)
            order by probability desc, task_key, as_of_date, model_version
        ) as rank_no,
        count(*) over (partition by learner_code, province_key, agency_key, fn.month_start(as_of_date)) as all_count
    from warehouse.fact_task_risk_outcome
    where band_code <> 'certain' and is_due_passed = 1
),

ledger as (
    select
        learner_code, province_key, agency_key, month_start_date, count(*) as task_count,
        sum(probability) as predicted_late_count, sum(is_late) as observed_late_count,
        sum((probability - is_late) * (probability - is_late)) as squared_error_sum,
        sum(probability * (1 - probability)) as variance_sum,
        sum(case when is_in_interval is not null then 1 else 0 end) as interval_count,
        sum(coalesce(is_in_interval, 0)) as covered_count,
        sum(case when (rank_no - 1) * 10 < all_count then 1 else 0 end) as top_count,
        sum(case when (rank_no - 1) * 10 < all_count then is_late else 0 end) as top_late_count
    from outcomes
    group by learner_code, province_key, agency_key, month_start_date
)

select * from ledger
