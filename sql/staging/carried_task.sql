-- One row per task that was carried over: its newest re-entry, whose word stands.
-- kind: table
-- key: root_key
-- slice: root_key
-- The newest is the one that no other re-entry continues: systems may copy the first day of assignment into each.
with links as (
    select task_chain.root_key, task.task_key, task.carried_from_key, task.assigned_date, task.extract_date
    from staging.task_chain
    join staging.task on task_chain.task_key = task.task_key
),

continued as (
    select carried_from_key as task_key
    from links
    group by carried_from_key
),

ranked as (
    select
        links.root_key, links.task_key as newest_key,
        row_number() over (
            partition by links.root_key
            order by
                case when continued.task_key is null then 0 else 1 end, links.assigned_date desc,
                coalesce(links.extract_date, cast('1900-01-01' as date)) desc, links.task_key
        ) as recency
    from links
    left join continued on links.task_key = continued.task_key
),

newest as (
    select root_key, newest_key
    from ranked
    where recency = 1
)

select * from newest
