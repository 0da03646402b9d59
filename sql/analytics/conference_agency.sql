-- One row per lock and agency: the synthesis for the conference in parts that add up, and how the agency kept its tasks up to date.
-- kind: table
-- key: conference_key, lock_no, agency_key
-- task_count is the base of every rate. Tasks with incomplete or no updates (S3-19, S3-23) are excluded_count of it: they are in
-- no good figure, but in the base and among the overdue, so that leaving data out never improves a rate.
-- Bunched (S3-10): entered in the last days before the lock; single_update_task_count: tasks updated once, and then.
with tasks as (
    select
        conference_key, lock_no, agency_key, update_code, freshness_code, update_count, bunched_update_count, is_open,
        is_completed, is_withdrawn, has_deadline, is_late, is_overdue, is_excluded
    from warehouse.fact_conference_task
),

counted as (
    select
        conference_key, lock_no, agency_key,
        cast(sum(1 - is_withdrawn) as bigint) as task_count,
        cast(sum((1 - is_withdrawn) * (1 - is_excluded)) as bigint) as included_count,
        cast(sum(is_excluded) as bigint) as excluded_count,
        cast(sum(case when is_excluded = 1 and update_code = 'none' then 1 else 0 end) as bigint) as no_information_count,
        cast(sum(case when is_excluded = 1 and update_code = 'incomplete' then 1 else 0 end) as bigint)
            as incomplete_count,
        cast(sum(is_completed * (1 - is_excluded)) as bigint) as completed_count,
        cast(sum(is_completed * has_deadline * (1 - is_late) * (1 - is_excluded)) as bigint) as completed_on_time_count,
        cast(sum(is_completed * is_late) as bigint) as completed_late_count,
        cast(sum(is_completed * is_excluded) as bigint) as completed_excluded_count,
        cast(sum(is_open) as bigint) as open_count,
        cast(sum(is_overdue) as bigint) as overdue_count,
        cast(sum(is_completed * has_deadline + is_overdue) as bigint) as due_count,
        cast(sum(is_withdrawn) as bigint) as withdrawn_count,
        cast(sum(case when is_open = 1 and freshness_code = 'day' then 1 else 0 end) as bigint) as fresh_day_count,
        cast(sum(case when is_open = 1 and freshness_code = 'week' then 1 else 0 end) as bigint) as fresh_week_count,
        cast(sum(case when is_open = 1 and freshness_code = 'older' then 1 else 0 end) as bigint) as fresh_older_count,
        cast(sum(case when is_open = 1 and freshness_code = 'none' then 1 else 0 end) as bigint) as fresh_none_count,
        cast(sum(cast(update_count as bigint)) as bigint) as update_count,
        cast(sum(cast(bunched_update_count as bigint)) as bigint) as bunched_update_count,
        cast(sum(case when update_count = 1 and bunched_update_count = 1 then 1 else 0 end) as bigint)
            as single_update_task_count
    from tasks
    group by conference_key, lock_no, agency_key
),

placed as (
    select
        counted.conference_key,
        counted.lock_no,
        counted.agency_key,
        fact_conference_lock.source_key,
        fact_conference_lock.province_key,
        fact_conference_lock.programme_key,
        dim_agency.agency_name,
        counted.task_count,
        counted.included_count,
        counted.excluded_count,
        counted.no_information_count,
        counted.incomplete_count,
        counted.completed_count,
        counted.completed_on_time_count,
        counted.completed_late_count,
        counted.completed_excluded_count,
        counted.open_count,
        counted.overdue_count,
        counted.due_count,
        counted.withdrawn_count,
        counted.fresh_day_count,
        counted.fresh_week_count,
        counted.fresh_older_count,
        counted.fresh_none_count,
        counted.update_count,
        counted.bunched_update_count,
        counted.single_update_task_count,
        fact_conference_lock.is_in_force,
        fact_conference_lock.is_entry_locked,
        fact_conference_lock.is_reconstructed,
        fact_conference_lock.is_weak_evidence,
        fact_conference_lock.conference_date,
        fact_conference_lock.period_from,
        fact_conference_lock.lock_date,
        fact_conference_lock.known_date
    from counted
    join warehouse.fact_conference_lock
        on counted.conference_key = fact_conference_lock.conference_key
        and counted.lock_no = fact_conference_lock.lock_no
    join warehouse.dim_agency on counted.agency_key = dim_agency.agency_key
)

select * from placed
