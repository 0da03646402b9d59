-- One row per task left out of the synthesis at the last lock by a day, by unit: no information, or an incomplete update.
-- kind: report
-- key: conference_date, task_code
-- order: conference_date, agency_name, update_code, due_date, task_code
-- title: Nhiệm vụ không có thông tin hoặc cập nhật chưa đầy đủ | Tasks without information or with incomplete updates
-- parameter as_of: day = newest | The conference is the one whose entry was locked last by the end of this day
-- parameter province: province = | Province of the conference; every one where none is named
-- parameter agency: agency = | Agency; every one where none is named
-- parameter update: all/none/incomplete = all | none: without information; incomplete: the last update is not full
-- The heads of these units answer for them at the conference (S3-23); the Chairman is told of them (S3-20).
with tasks as (
    select *
    from analytics.conference_excluded_task
    where {in scope} and {in province} and {in agency}
        and ({update} = 'all' or update_code = {update})
),

latest as (
    select conference_key, lock_no
    from warehouse.fact_conference_last_lock
    where valid_from <= {as_of} and valid_to > {as_of}
),

answered as (
    select
        tasks.conference_date,
        tasks.agency_name,
        tasks.task_code,
        tasks.title,
        tasks.update_code,
        tasks.lifecycle_code,
        tasks.is_overdue,
        tasks.assigned_days,
        tasks.due_date,
        tasks.last_update_date
    from tasks
    join latest on tasks.conference_key = latest.conference_key and tasks.lock_no = latest.lock_no
)

select * from answered
