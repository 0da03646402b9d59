-- One row per task, day and model version: what the risk model said of the open task at the end of the day; never overwritten.
-- kind: view
-- key: task_key, as_of_date, model_version
with predictions as (
    select
        task_key, source_key, agency_key, province_key, model_version, learner_code, band_code, reason_text, reason_text_en,
        probability, probability_first, as_of_date, due_date, finish_date, finish_low_50_date, finish_high_50_date,
        finish_low_90_date, finish_high_90_date
    from raw.task_risk
)

select * from predictions
