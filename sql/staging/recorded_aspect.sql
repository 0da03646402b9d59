-- One row per task with recorded events: which of its lifecycle, deadline and agency its source tells by events.
-- kind: view
-- key: task_key
with recorded as (
    select
        task_key,
        max(case when lifecycle_code is not null then 1 else 0 end) as tells_lifecycle,
        max(is_new_deadline) as tells_deadline,
        max(is_hand_over) as tells_agency
    from staging.source_event
    group by task_key
)

select * from recorded
