-- One row per lock and task that is known otherwise today: what was frozen, and what the warehouse says now of that day (S3-22).
-- kind: table
-- key: conference_key, lock_no, task_key
with frozen as (
    select
        conference_key, lock_no, task_key, source_key, province_key, agency_key, lifecycle_code, due_date, lock_date
    from warehouse.fact_conference_task
),

present as (
    select task_key, agency_key, lifecycle_code, due_date, valid_from, valid_to
    from warehouse.fact_task_state
),

compared as (
    select
        frozen.conference_key,
        frozen.lock_no,
        frozen.task_key,
        frozen.source_key,
        frozen.province_key,
        frozen.agency_key,
        frozen.lifecycle_code,
        present.agency_key as present_agency_key,
        coalesce(present.lifecycle_code, 'deleted') as present_lifecycle_code,
        case when frozen.lifecycle_code <> coalesce(present.lifecycle_code, 'deleted') then 1 else 0 end
            as is_lifecycle_changed,
        case
            when coalesce(frozen.due_date, cast('9999-12-31' as date))
                <> coalesce(present.due_date, cast('9999-12-31' as date)) then 1
            else 0
        end as is_deadline_changed,
        case when frozen.agency_key <> coalesce(present.agency_key, 0) then 1 else 0 end as is_agency_changed,
        frozen.due_date,
        present.due_date as present_due_date,
        frozen.lock_date
    from frozen
    left join present
        on frozen.task_key = present.task_key
        and frozen.lock_date >= present.valid_from
        and frozen.lock_date < present.valid_to
),

changed as (
    select *
    from compared
    where is_lifecycle_changed = 1 or is_deadline_changed = 1 or is_agency_changed = 1
)

select * from changed
