-- One row per task, deadline and own landmark: the first prediction made within a week from it, and what came of it.
-- kind: view
-- key: task_key, due_date, landmark_code
-- Own landmarks: assigned, half (of the term), and 10, 5 and 3 working days before the deadline then in force.
with predictions as (
    select
        fact_task_risk.task_key, fact_task_risk.source_key, fact_task_risk.province_key, fact_task_risk.agency_key,
        fact_task_risk.learner_code, fact_task_risk.model_version, fact_task_risk.probability, fact_task_risk.as_of_date,
        fact_task_risk.due_date, fact_task.assigned_date,
        fn.days_between(fact_task.assigned_date, fact_task_risk.due_date) as term_days, dim_date.working_day_no as due_working_day_no
    from warehouse.fact_task_risk
    join warehouse.fact_task on fact_task_risk.task_key = fact_task.task_key
    join warehouse.dim_date on fact_task_risk.due_date = dim_date.calendar_date
    where fact_task_risk.band_code <> 'certain'
),

working_days as (
    select calendar_date, working_day_no
    from warehouse.dim_date
    where is_working_day = 1
),

marks as (
    select 10 as days_before, 'days_10' as landmark_code
    union all select 5, 'days_5'
    union all select 3, 'days_3'
),

-- Of an odd term the shorter half.
landmarks as (
    select predictions.*, 'assigned' as landmark_code, predictions.assigned_date as own_date
    from predictions
    union all
    select predictions.*, 'half', fn.add_days(predictions.assigned_date, cast((term_days - term_days % 2) / 2 as integer))
    from predictions
    union all
    select predictions.*, marks.landmark_code, working_days.calendar_date
    from predictions
    cross join marks
    join working_days on predictions.due_working_day_no - marks.days_before = working_days.working_day_no
),

ranked as (
    select
        landmarks.*,
        row_number() over (partition by task_key, due_date, landmark_code order by as_of_date, model_version) as rank_no
    from landmarks
    where as_of_date >= own_date and as_of_date < fn.add_days(own_date, 7) and own_date >= assigned_date
),

told as (
    select
        ranked.task_key, ranked.source_key, ranked.province_key, ranked.agency_key, ranked.learner_code, ranked.model_version,
        ranked.landmark_code, ranked.probability, outcome.is_late, coalesce(outcome.is_due_passed, 0) as is_due_passed, ranked.own_date, ranked.as_of_date, ranked.due_date
    from ranked
    left join warehouse.fact_task_risk_outcome as outcome
        on ranked.task_key = outcome.task_key
        and ranked.as_of_date = outcome.as_of_date
        and ranked.model_version = outcome.model_version
    where ranked.rank_no = 1
)

select * from told
