-- One row per thing that an extract told otherwise than the warehouse had it: what was, what is, of which day, and by which load.
-- kind: report
-- key: none
-- order: known_date, feed_code, task_code, valid_date, change_code
-- title: Nhật ký thay đổi số liệu đã có | Log of changes of what was known
-- parameter from: day = 1900-01-01 | First day of the extracts that changed it, included
-- parameter to: day = newest | Last day of these extracts, included
-- parameter province: province = | Province of the task; every one where none is named
-- parameter agency: agency = | Lead agency as told now; every one where none is named
-- parameter change: all/lifecycle/deadline/agency/programme/assignment/report/gone/reappeared/event = all | Kind of change
-- lifecycle, deadline, agency, programme, assignment, report: days already told were restated from valid_date on; gone, reappeared:
-- the task left the extracts open, or came back; event: its source rewrote an event, which was of was_valid_date.
with changes as (
    select *
    from analytics.change_log
    where known_date >= {from} and known_date <= {to} and ({change} = 'all' or change_code = {change})
        and {in scope} and {in province} and {in agency}
),

named as (
    select
        changes.known_date,
        dim_source.feed_code,
        task_text.task_code,
        changes.change_code,
        changes.event_code,
        changes.was_valid_date,
        changes.valid_date,
        changes.was_lifecycle_code,
        changes.lifecycle_code,
        changes.was_assigned_date,
        changes.assigned_date,
        changes.was_due_date,
        changes.due_date,
        was_agency.agency_name as was_agency_name,
        dim_agency.agency_name,
        dim_load.part_name
    from changes
    join warehouse.dim_source on changes.source_key = dim_source.source_key
    join warehouse.dim_agency on changes.agency_key = dim_agency.agency_key
    left join warehouse.dim_agency as was_agency on changes.was_agency_key = was_agency.agency_key
    left join warehouse.task_text on changes.task_key = task_text.task_key
    left join warehouse.dim_load on changes.load_key = dim_load.load_key
)

select * from named
