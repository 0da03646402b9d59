-- One row per delivery or disappearance of a task that was delivered more than once, in the order of the extracts.
-- kind: table
-- key: task_key, delivery_no
-- slice: task_key
-- Chains of re-entries tell their history by the re-entries themselves and are not compared here.
-- A task that leaves the extracts when it is closed was put away by its source; one that leaves them open is gone.
with chained as (
    select task_key from staging.task_chain
    union
    select root_key as task_key from staging.task_chain
),

told_again as (
    select task_key from raw.task_superseded
    union
    select task_key from raw.task_absence
),

moved as (
    select told_again.task_key
    from told_again
    left join chained on told_again.task_key = chained.task_key
    where chained.task_key is null
),

told as (
    select
        task.task_key, task.load_key, task.source_key, task.row_no, batch.extract_date, 0 as is_gone,
        case when task.is_deleted = 1 then 'deleted' else task.lifecycle_code end as state_code,
        coalesce(task.requires_confirmation, 0) as requires_confirmation, task.agency_name_key, task.assigned_date,
        task.started_date, task.due_date, task.overdue_date, task.reported_date, task.completed_date,
        task.withdrawn_date, task.assigned_at, task.due_at, task.reported_at, task.completed_at,
        coalesce(task.updated_at, fn.start_of_day(batch.extract_date)) as told_at,
        coalesce(load_window.window_no, 0) as window_no
    from moved
    join raw.task on moved.task_key = task.task_key
    join raw.batch on task.load_key = batch.load_key
    left join raw.load_window on task.load_key = load_window.load_key
),

-- On the day of an extract that has the task, one that lacks it says nothing.
absences as (
    select task_absence.task_key, task_absence.load_key, batch.source_key, batch.extract_date
    from raw.task_absence
    join raw.batch on task_absence.load_key = batch.load_key
    left join told on task_absence.task_key = told.task_key and batch.extract_date = told.extract_date
    where told.task_key is null
),

last_words as (
    select
        absences.task_key, absences.load_key, absences.extract_date,
        row_number() over (
            partition by absences.task_key, absences.load_key
            order by told.extract_date desc, told.window_no desc, told.told_at desc, told.load_key desc
        ) as recency,
        told.source_key, told.row_no, told.state_code, told.requires_confirmation, told.agency_name_key,
        told.assigned_date, told.started_date, told.due_date, told.overdue_date, told.reported_date,
        told.completed_date, told.withdrawn_date, told.assigned_at, told.due_at, told.reported_at, told.completed_at
    from absences
    join told on absences.task_key = told.task_key and absences.extract_date > told.extract_date
),

deliveries as (
    select
        task_key, load_key, source_key, row_no, extract_date, is_gone, state_code, requires_confirmation,
        agency_name_key, assigned_date, started_date, due_date, overdue_date, reported_date, completed_date,
        withdrawn_date, assigned_at, due_at, reported_at, completed_at, told_at, window_no
    from told
    union all
    select
        task_key, load_key, source_key, row_no, extract_date, 1 as is_gone, 'deleted' as state_code,
        requires_confirmation, agency_name_key, assigned_date, started_date, due_date, overdue_date, reported_date,
        completed_date, withdrawn_date, assigned_at, due_at, reported_at, completed_at,
        fn.start_of_day(extract_date) as told_at, 0 as window_no
    from last_words
    where recency = 1
        and state_code not in ('completed', 'withdrawn', 'recalled', 'transferred', 'deleted')
),

numbered as (
    select
        deliveries.*,
        row_number() over (partition by task_key order by extract_date, window_no, told_at, load_key) as delivery_no
    from deliveries
)

select * from numbered
