-- One row per task: the extract that told of it first, whose word on the past counts as known when it happened.
-- kind: view
-- key: task_key
with tellings as (
    select task_key, min(known_from) as first_known_from
    from warehouse.fact_task_state_known
    group by task_key
)

select * from tellings
