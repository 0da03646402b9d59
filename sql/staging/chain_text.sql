-- One row per chain of re-entries: the delivery whose code and title the task bears, of the first entry; of the newest where the first was never delivered.
-- kind: table
-- key: root_key
-- slice: root_key
with tellers as (
    select
        carried_task.root_key,
        coalesce(first_task.task_key, newest_task.task_key) as entry_key,
        coalesce(first_task.load_key, newest_task.load_key) as load_key
    from staging.carried_task
    join staging.task as newest_task on carried_task.newest_key = newest_task.task_key
    left join staging.task as first_task on carried_task.root_key = first_task.task_key
)

select * from tellers
