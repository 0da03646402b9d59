-- One row per task that was carried over: what its newest re-entry says.
-- kind: table
-- key: root_key
with links as (
    select task_chain.root_key, task.task_key, task.assigned_date, task.extract_date
    from staging.task_chain
    join staging.task on task_chain.task_key = task.task_key
),

ranked as (
    select
        root_key, task_key as newest_key,
        row_number() over (partition by root_key order by assigned_date desc, extract_date desc, task_key) as recency
    from links
),

newest as (
    select root_key, newest_key
    from ranked
    where recency = 1
)

select * from newest
