-- One row per landmark, task at risk and event that was known then.
-- kind: view
-- key: event_key, landmark_date
-- Known: recorded, or brought by an extract that shows a difference. Updates of Vietnamese sources before 2025 are weak evidence (S3-24) and left out.
with at_risk as (
    select task_key, landmark_date
    from analytics.risk_state
    where is_at_risk = 1
),

events as (
    select
        fact_task_event.event_key, fact_task_event.task_key, fact_task_event.event_code, fact_task_event.event_date,
        fact_task_event.percent_done,
        case when fact_task_event.recorded_date > fact_task_event.event_date then fact_task_event.recorded_date else fact_task_event.event_date end as known_date
    from warehouse.fact_task_event
    join warehouse.dim_source on fact_task_event.source_key = dim_source.source_key
    where dim_source.scope_code <> 'vietnam'
        or fact_task_event.event_date >= cast('2025-01-01' as date)
        or fact_task_event.event_code not in ('progress', 'obstacle')
),

known as (
    select
        events.event_key, at_risk.landmark_date, at_risk.task_key, events.event_code, events.event_date, events.percent_done
    from at_risk
    join events
        on at_risk.task_key = events.task_key
        and events.known_date < at_risk.landmark_date
        and events.event_date < at_risk.landmark_date
)

select * from known
