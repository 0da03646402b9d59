-- One row per re-entry of a task that its system carries over month by month, with the first task of the chain.
-- kind: table
-- key: task_key
-- A chain is followed by doubling the step six times: 64 re-entries, more than five years of months.
with links as (
    select task_key, carried_from_key as earlier_key
    from staging.task
    where carried_from_key is not null
),

steps_2 as (
    select links.task_key, coalesce(earlier.earlier_key, links.earlier_key) as earlier_key
    from links
    left join links as earlier on links.earlier_key = earlier.task_key
),

steps_4 as (
    select steps_2.task_key, coalesce(earlier.earlier_key, steps_2.earlier_key) as earlier_key
    from steps_2
    left join steps_2 as earlier on steps_2.earlier_key = earlier.task_key
),

steps_8 as (
    select steps_4.task_key, coalesce(earlier.earlier_key, steps_4.earlier_key) as earlier_key
    from steps_4
    left join steps_4 as earlier on steps_4.earlier_key = earlier.task_key
),

steps_16 as (
    select steps_8.task_key, coalesce(earlier.earlier_key, steps_8.earlier_key) as earlier_key
    from steps_8
    left join steps_8 as earlier on steps_8.earlier_key = earlier.task_key
),

steps_32 as (
    select steps_16.task_key, coalesce(earlier.earlier_key, steps_16.earlier_key) as earlier_key
    from steps_16
    left join steps_16 as earlier on steps_16.earlier_key = earlier.task_key
),

roots as (
    select steps_32.task_key, coalesce(earlier.earlier_key, steps_32.earlier_key) as root_key
    from steps_32
    left join steps_32 as earlier on steps_32.earlier_key = earlier.task_key
)

select * from roots
