-- One row per task: the code under which its system knows it and its title, as the newest delivery says; the first one of a chain.
-- kind: view
-- key: task_key
-- Texts are kept once, where they were received: facts join them for the few tasks that somebody looks at.
with entries as (
    select task.task_key, task.load_key, coalesce(task_chain.root_key, task.task_key) as root_key
    from staging.task
    left join staging.task_chain on task.task_key = task_chain.task_key
),

-- Of a chain whose first task was never delivered, the newest entry tells.
tellers as (
    select entries.root_key, entries.task_key, entries.load_key
    from entries
    left join staging.carried_task on entries.root_key = carried_task.root_key
    left join staging.task as first_task on entries.root_key = first_task.task_key
    where entries.task_key = case
        when carried_task.root_key is null or first_task.task_key is not null then entries.root_key
        else carried_task.newest_key
    end
),

texts as (
    select tellers.root_key as task_key, task.source_key, task.province_key, task.task_code, task.title, status_word.source_status
    from tellers
    join raw.task
        on tellers.task_key = task.task_key
        and tellers.load_key = task.load_key
    left join raw.status_word
        on task.status_key = status_word.status_key
        and task.load_key = status_word.load_key
)

select * from texts
