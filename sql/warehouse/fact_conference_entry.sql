-- One row per lock and task that was known at it, as the delivery that was the newest then says; sub-tasks count with their parent.
-- kind: table
-- key: conference_key, lock_no, task_key
-- Left out is what the row says was closed before the time reported on, and of a chain of re-entries all but the newest.
with locks as (
    select
        fact_conference_lock.conference_key, fact_conference_lock.lock_no, fact_conference_lock.source_key,
        fact_conference_lock.province_key, fact_conference_lock.programme_key,
        fact_conference_lock.required_update_code, fact_conference_lock.bunching_days,
        fact_conference_lock.is_reconstructed, fact_conference_lock.period_from, fact_conference_lock.lock_date,
        fact_conference_lock.horizon_date, province_line.newest_key
    from warehouse.fact_conference_lock
    join staging.province_line on fact_conference_lock.province_key = province_line.province_key
),

known as (
    select
        locks.conference_key, locks.lock_no, coalesce(task_chain.root_key, known_task.task_key) as task_key,
        known_task.task_key as entry_key, known_task.load_key, known_task.source_key,
        coalesce(known_task.province_key, 0) as province_key, known_task.agency_name_key,
        coalesce(known_task.programme_key, 0) as programme_key, coalesce(known_task.task_kind_key, 0) as task_kind_key,
        known_task.task_code, known_task.title, locks.required_update_code, locks.bunching_days,
        known_task.lifecycle_code,
        coalesce(known_task.requires_confirmation, 0) as requires_confirmation, locks.is_reconstructed,
        locks.period_from, locks.lock_date, locks.horizon_date,
        min(known_task.assigned_date) over (
            partition by locks.conference_key, locks.lock_no, coalesce(task_chain.root_key, known_task.task_key)
        ) as assigned_date,
        known_task.due_date, known_task.overdue_date, known_task.due_original_date,
        known_task.due_original_overdue_date, known_task.reported_date, known_task.closed_date,
        known_task.due_at, known_task.reported_at, known_task.completed_at,
        row_number() over (
            partition by locks.conference_key, locks.lock_no, coalesce(task_chain.root_key, known_task.task_key)
            order by known_task.assigned_date desc, known_task.known_from desc, known_task.task_key
        ) as recency
    from locks
    join staging.known_task
        on locks.source_key = known_task.source_key
        and known_task.known_from <= locks.horizon_date
        and known_task.known_to > locks.horizon_date
        and known_task.assigned_date <= locks.lock_date
        and (locks.programme_key = 0 or locks.programme_key = known_task.programme_key)
    left join staging.province_line on known_task.province_key = province_line.province_key
    left join staging.task_chain on known_task.task_key = task_chain.task_key
    where known_task.parent_key is null
        and known_task.is_deleted = 0
        and (locks.province_key = 0 or locks.newest_key = province_line.newest_key)
        and (known_task.closed_date is null or known_task.closed_date >= locks.period_from)
),

newest as (
    select
        conference_key, lock_no, task_key, load_key, source_key, province_key, agency_name_key, programme_key,
        task_kind_key, task_code, title, required_update_code, bunching_days, lifecycle_code, requires_confirmation, is_reconstructed,
        entry_key, period_from, lock_date, horizon_date, assigned_date, due_date, overdue_date, due_original_date,
        due_original_overdue_date, reported_date, closed_date, due_at, reported_at, completed_at
    from known
    where recency = 1
)

select * from newest
