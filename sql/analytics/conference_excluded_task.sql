-- One row per lock and task left out of the synthesis: its unit answers for it at the conference (S3-20, S3-23).
-- kind: view
-- key: conference_key, lock_no, task_key
with excluded as (
    select
        conference_key, lock_no, task_key, task_code, title, source_key, province_key, agency_key, lifecycle_code, update_code,
        freshness_code, is_overdue, assigned_date, due_date, last_update_date, lock_date
    from warehouse.fact_conference_task
    where is_excluded = 1
),

named as (
    select
        excluded.conference_key,
        excluded.lock_no,
        excluded.task_key,
        excluded.source_key,
        excluded.province_key,
        excluded.agency_key,
        dim_agency.agency_name,
        excluded.task_code,
        excluded.title,
        excluded.lifecycle_code,
        excluded.update_code,
        excluded.freshness_code,
        excluded.is_overdue,
        fn.days_between(excluded.assigned_date, excluded.lock_date) as assigned_days,
        excluded.assigned_date,
        excluded.due_date,
        excluded.last_update_date,
        fact_conference_lock.lock_date,
        fact_conference_lock.conference_date
    from excluded
    join warehouse.fact_conference_lock
        on excluded.conference_key = fact_conference_lock.conference_key
        and excluded.lock_no = fact_conference_lock.lock_no
    join warehouse.dim_agency on excluded.agency_key = dim_agency.agency_key
)

select * from named
