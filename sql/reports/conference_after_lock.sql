-- One row per thing told of a frozen task after the last lock by a day: an entry, or a state known otherwise today.
-- kind: report
-- key: none
-- order: conference_date, agency_name, task_code, change_code, change_date
-- title: Thay đổi sau khi khóa chức năng nhập | Changes after the lock
-- parameter as_of: day = newest | The conference is the one whose entry was locked last by the end of this day
-- parameter province: province = | Province of the conference; every one where none is named
-- parameter agency: agency = | Agency; every one where none is named
-- entered_in_lock, told_later: entries; lifecycle, deadline, agency: what the warehouse says otherwise now of the lock's day
-- (S3-22). The frozen tasks stay as they are.
with entries as (
    select
        conference_key, lock_no, task_key, source_key, province_key, agency_key, lateness_code as change_code,
        event_code as frozen_code, event_code as present_code, entered_date as change_date
    from warehouse.fact_conference_late_entry
    where lock_date <= {as_of}
),

lifecycles as (
    select
        conference_key, lock_no, task_key, source_key, province_key, agency_key, 'lifecycle' as change_code,
        lifecycle_code as frozen_code, present_lifecycle_code as present_code, lock_date as change_date
    from analytics.conference_correction
    where is_lifecycle_changed = 1 and lock_date <= {as_of}
),

deadlines as (
    select
        conference_key, lock_no, task_key, source_key, province_key, agency_key, 'deadline' as change_code,
        lifecycle_code as frozen_code, present_lifecycle_code as present_code, lock_date as change_date
    from analytics.conference_correction
    where is_deadline_changed = 1 and lock_date <= {as_of}
),

agencies as (
    select
        conference_key, lock_no, task_key, source_key, province_key, agency_key, 'agency' as change_code,
        lifecycle_code as frozen_code, present_lifecycle_code as present_code, lock_date as change_date
    from analytics.conference_correction
    where is_agency_changed = 1 and lock_date <= {as_of}
),

changes as (
    select * from entries
    union all
    select * from lifecycles
    union all
    select * from deadlines
    union all
    select * from agencies
),

latest as (
    select conference_key, lock_no, conference_date, lock_date
    from warehouse.fact_conference_last_lock
    where valid_from <= {as_of} and valid_to > {as_of}
),

asked as (
    select *
    from changes
    where {in scope} and {in province} and {in agency}
),

answered as (
    select
        latest.conference_date,
        latest.lock_date,
        dim_agency.agency_name,
        fact_conference_task.task_code,
        asked.change_code,
        asked.frozen_code,
        asked.present_code,
        asked.change_date
    from asked
    join latest on asked.conference_key = latest.conference_key and asked.lock_no = latest.lock_no
    join warehouse.dim_agency on asked.agency_key = dim_agency.agency_key
    join warehouse.fact_conference_task
        on asked.conference_key = fact_conference_task.conference_key
        and asked.lock_no = fact_conference_task.lock_no
        and asked.task_key = fact_conference_task.task_key
)

select * from answered
