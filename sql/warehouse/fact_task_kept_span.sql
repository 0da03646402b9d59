-- One row per task and timespan told by the history that its source keeps.
-- kind: view
-- key: task_key, valid_from
with tasks as (
    select
        task_key, source_key, province_key, task_kind_key, assigner_level_key, programme_key, is_sub_task, assigned_date, extract_date
    from warehouse.fact_task
    where has_state_events = 1
),

-- A day on which nothing lasting changed (a reminder, a return and a second report) starts no span.
compared as (
    select
        fact_task_history.*,
        lag(lifecycle_code) over (partition by task_key order by change_date) as earlier_lifecycle_code,
        lag(agency_key) over (partition by task_key order by change_date) as earlier_agency_key,
        lag(due_date) over (partition by task_key order by change_date) as earlier_due_date,
        lag(overdue_date) over (partition by task_key order by change_date) as earlier_overdue_date,
        lag(due_at) over (partition by task_key order by change_date) as earlier_due_at,
        lag(judged_date) over (partition by task_key order by change_date) as earlier_judged_date
    from warehouse.fact_task_history
),

changed as (
    select task_key, agency_key, lifecycle_code, due_date, overdue_date, change_date, judged_date, completed_date,
        due_at, judged_at
    from compared
    where earlier_lifecycle_code is null
        or earlier_lifecycle_code <> lifecycle_code
        or earlier_agency_key <> agency_key
        or coalesce(earlier_due_date, cast('1900-01-01' as date)) <> coalesce(due_date, cast('1900-01-01' as date))
        or coalesce(earlier_overdue_date, cast('1900-01-01' as date))
            <> coalesce(overdue_date, cast('1900-01-01' as date))
        or coalesce(earlier_due_at, fn.start_of_day(cast('1900-01-01' as date)))
            <> coalesce(due_at, fn.start_of_day(cast('1900-01-01' as date)))
        or coalesce(earlier_judged_date, cast('1900-01-01' as date))
            <> coalesce(judged_date, cast('1900-01-01' as date))
),

ended as (
    select
        changed.*,
        lead(change_date, 1, cast('9999-12-31' as date)) over (partition by task_key order by change_date) as ended_date
    from changed
),

spans as (
    select
        tasks.task_key, tasks.source_key, tasks.province_key, changed.agency_key, tasks.task_kind_key,
        tasks.assigner_level_key, tasks.programme_key, changed.lifecycle_code, tasks.is_sub_task,
        tasks.assigned_date, changed.due_date, changed.overdue_date, changed.change_date as valid_from,
        changed.ended_date as valid_to, changed.judged_date, changed.completed_date, changed.due_at, changed.judged_at, tasks.extract_date
    from ended as changed
    join tasks on changed.task_key = tasks.task_key
)

select * from spans
