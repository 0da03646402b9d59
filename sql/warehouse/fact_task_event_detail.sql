-- One row per event that says more than most do: how a task stood at its deadline, the plan to get it done, its rating.
-- kind: table
-- key: event_key
-- slice: task_key
with details as (
    select event_key, outcome_code, plan_text, rating
    from staging.task_event_detail
),

events as (
    select event_key, task_key, load_key, source_key, province_key, event_code, event_date
    from warehouse.fact_task_event
),

joined as (
    select
        events.event_key,
        events.task_key,
        events.load_key,
        events.source_key,
        events.province_key,
        events.event_code,
        details.outcome_code,
        details.plan_text,
        details.rating,
        case when details.plan_text is null then 0 else 1 end as has_plan,
        events.event_date
    from events
    join details on events.event_key = details.event_key
)

select * from joined
