-- One row per prediction of fact_task_risk whose outcome is known: late or not by the deadline it was made for, and the finish.
-- kind: view
-- key: task_key, as_of_date, model_version
-- is_due_passed: else only what was closed early is known. A withdrawn or transferred task is neither late nor in time. Known: closed, or told of by an extract after the deadline.
-- Only the last span counts: a closing that was taken back by a reopening is none.
with closings as (
    select
        task_key,
        case when is_completed = 1 then judged_date end as judged_date,
        case when is_open = 0 and is_completed = 0 then 1 else 0 end as is_given_up
    from warehouse.fact_task_state
    where valid_to = cast('9999-12-31' as date)
),

sources as (
    select source_key, max(extract_date) as newest_date
    from warehouse.dim_load
    where record_code like 'task%'
    group by source_key
),

told as (
    select
        fact_task_risk.task_key, fact_task_risk.as_of_date, fact_task_risk.model_version, fact_task_risk.source_key,
        fact_task_risk.agency_key, fact_task_risk.province_key, fact_task_risk.learner_code, fact_task_risk.band_code,
        fact_task_risk.probability, fact_task_risk.finish_low_90_date, fact_task_risk.finish_high_90_date,
        fact_task_risk.due_date, closings.judged_date, sources.newest_date,
        case
            when closings.judged_date > fact_task_risk.due_date then 1
            when closings.judged_date is not null then 0
            when closings.is_given_up = 0 and fact_task_risk.due_date < sources.newest_date then 1
        end as is_late
    from warehouse.fact_task_risk
    join closings on fact_task_risk.task_key = closings.task_key
    join sources on fact_task_risk.source_key = sources.source_key
),

outcomes as (
    select
        task_key, as_of_date, model_version, source_key, agency_key, province_key, learner_code, band_code, probability,
        is_late,
        case when due_date < newest_date then 1 else 0 end as is_due_passed,
        case
            when judged_date >= finish_low_90_date and judged_date <= finish_high_90_date then 1
            when judged_date is not null then 0
            when finish_high_90_date > newest_date then 1
        end as is_in_interval,
        due_date, judged_date
    from told
    where is_late is not null
)

select * from outcomes
