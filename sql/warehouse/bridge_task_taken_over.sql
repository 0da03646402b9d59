-- One row per task that goes on with a task of another unit, as its newest delivery says.
-- kind: view
-- key: task_key
with links as (
    select task_taken_over.task_key, task_taken_over.from_task_key
    from raw.task_taken_over
    join staging.task
        on task_taken_over.task_key = task.task_key
        and task_taken_over.load_key = task.load_key
)

select * from links
