-- One row per thing that an extract told otherwise than the warehouse had it: what was, what is, of which day, known since which.
-- kind: view
-- key: none
-- change_code: what was restated of days already told (lifecycle, deadline, agency, programme, assignment, report), a task
-- that left the extracts open (gone) or came back (reappeared), an event that its source rewrote (event). From valid_date on.
with restatements as (
    select
        task_key, load_key, source_key, province_key, was_agency_key, agency_key, change_code,
        case when 1 = 0 then change_code end as event_code, was_lifecycle_code, lifecycle_code,
        was_assigned_date, assigned_date, was_due_date, due_date,
        case when change_code = 'report' then was_judged_date else valid_date end as was_valid_date, valid_date, known_date
    from warehouse.fact_task_restatement
),

disappearances as (
    select
        task_key, load_key, source_key, province_key, agency_key as was_agency_key, agency_key, change_code,
        case when 1 = 0 then change_code end as event_code, was_lifecycle_code, lifecycle_code,
        assigned_date as was_assigned_date, assigned_date, due_date as was_due_date, due_date,
        known_date as was_valid_date, known_date as valid_date, known_date
    from warehouse.fact_task_disappearance
),

rewrites as (
    select
        task_key, load_key, source_key, province_key, agency_key as was_agency_key, agency_key, 'event' as change_code,
        event_code, was_lifecycle_code, lifecycle_code, case when 1 = 0 then event_date end as was_assigned_date,
        case when 1 = 0 then event_date end as assigned_date, was_due_date, due_date,
        was_event_date as was_valid_date, event_date as valid_date, known_date
    from warehouse.fact_event_rewrite
),

changes as (
    select * from restatements
    union all
    select * from disappearances
    union all
    select * from rewrites
)

select * from changes
