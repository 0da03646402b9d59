-- One row per overdue task: whose it is, for how long, and when the agency was last reminded.
-- kind: report
-- key: task_code
-- order: province_name, agency_name, due_date, task_code
-- title: Danh sách đôn đốc nhiệm vụ quá hạn chưa hoàn thành | Overdue tasks to urge
-- parameter as_of: day = newest | State at the end of this day
-- parameter province: province = | Province; every one where none is named
-- parameter agency: agency = | Lead agency; every one where none is named
-- parameter days_over: whole = 0 | Only tasks late by more than this many days
-- Letters 1204/UBND-KSTT (S0-16) and 1680/UBND-NC (S4-12: tasks late for more than 30, 90, 120 days).
with overdue as (
    select task_key, province_key, agency_key, lifecycle_code, due_date
    from warehouse.fact_task_state
    where {state}
        and {in scope}
        and {in province}
        and {in agency}
        and {is open_overdue}
        and fn.days_between(due_date, {as_of}) > {days_over}
),

reminders as (
    select task_key, cast(count(*) as bigint) as reminder_count, max(event_date) as last_reminder_date
    from warehouse.fact_task_event
    where event_code = 'reminder' and event_date <= {as_of}
    group by task_key
),

listed as (
    select
        dim_province.province_name,
        dim_agency.agency_name,
        task_text.task_code,
        overdue.lifecycle_code,
        overdue.due_date,
        fn.days_between(overdue.due_date, {as_of}) as days_late,
        asked_day.working_day_no - last_day.working_day_no as working_days_late,
        coalesce(reminders.reminder_count, 0) as reminder_count,
        reminders.last_reminder_date
    from overdue
    join warehouse.task_text on overdue.task_key = task_text.task_key
    join warehouse.dim_province on overdue.province_key = dim_province.province_key
    join warehouse.dim_agency on overdue.agency_key = dim_agency.agency_key
    join warehouse.dim_date as last_day on overdue.due_date = last_day.calendar_date
    join warehouse.dim_date as asked_day on asked_day.calendar_date = {as_of}
    left join reminders on overdue.task_key = reminders.task_key
)

select * from listed
