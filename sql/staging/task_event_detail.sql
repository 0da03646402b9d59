-- One row per event whose newest delivery says more than most events do: outcome, plan, rating.
-- kind: view
-- key: event_key
with details as (
    select event_key, load_key, outcome_code, plan_text, rating
    from raw.task_event_detail
),

newest as (
    select details.*
    from details
    left join raw.task_event_superseded
        on details.event_key = task_event_superseded.event_key
        and details.load_key = task_event_superseded.load_key
    where task_event_superseded.event_key is null
)

select * from newest
