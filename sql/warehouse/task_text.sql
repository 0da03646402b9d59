-- One row per task: the code under which its system knows it and its title, as the newest delivery says; the first one of a chain.
-- kind: view
-- key: task_key
-- Texts are kept once, where they were received: facts join them for the few tasks that somebody looks at. So the way to
-- them is by the key alone.
with tellers as (
    select
        fact_task.task_key,
        coalesce(chain_text.entry_key, fact_task.task_key) as entry_key,
        coalesce(chain_text.load_key, fact_task.load_key) as load_key
    from warehouse.fact_task
    left join staging.chain_text on fact_task.task_key = chain_text.root_key
),

texts as (
    select
        tellers.task_key, task.source_key, task.province_key, task.task_code, task.title, status_word.source_status
    from tellers
    join raw.task
        on tellers.entry_key = task.task_key
        and tellers.load_key = task.load_key
    left join raw.status_word
        on task.status_key = status_word.status_key
        and task.load_key = status_word.load_key
)

select * from texts
