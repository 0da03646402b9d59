-- One row per task that stands in a yearly programme, as each programme lists it: withdrawn or not, and what it continues.
-- kind: table
-- key: task_key
-- Of each delivered entry, not of the chain: a task carried over after its withdrawal is what is looked for (S2-15).
with tasks as (
    select
        task.task_key, task.load_key, task.source_key, task.carried_from_key, task.programme_key, task.lifecycle_code,
        task.withdrawn_date, dim_programme.programme_year
    from staging.task
    join warehouse.dim_programme on task.programme_key = dim_programme.programme_key
    where dim_programme.programme_year is not null
),

tellings as (
    select task_key, event_date as withdrawn_date
    from staging.task_event
    where lifecycle_code = 'withdrawn'
    union all
    select task_key, change_date as withdrawn_date
    from staging.programme_change
    where change_code = 'withdrawn' and task_key is not null
),

told as (
    select task_key, min(withdrawn_date) as withdrawn_date
    from tellings
    group by task_key
),

listed as (
    select
        tasks.task_key,
        tasks.source_key,
        coalesce(fact_task.province_key, 0) as province_key,
        coalesce(fact_task.agency_key, 0) as agency_key,
        tasks.programme_key,
        tasks.carried_from_key,
        task.task_code,
        task.title,
        tasks.programme_year,
        case
            when tasks.lifecycle_code in ('withdrawn', 'recalled') or told.task_key is not null then 1
            else 0
        end as is_withdrawn,
        coalesce(tasks.withdrawn_date, told.withdrawn_date) as withdrawn_date
    from tasks
    join raw.task on tasks.task_key = task.task_key and tasks.load_key = task.load_key
    left join told on tasks.task_key = told.task_key
    left join staging.task_chain on tasks.task_key = task_chain.task_key
    left join warehouse.fact_task on coalesce(task_chain.root_key, tasks.task_key) = fact_task.task_key
)

select * from listed
