-- One row per task and fallen deadline without a report by its last day: the findings behind deadline_reports.
-- kind: report
-- key: task_code, due_date
-- order: province_name, agency_name, due_date, task_code
-- title: Nhiệm vụ đến hạn chưa có báo cáo | Deadlines without a report
-- parameter as_of: day = newest | As known at the end of this day
-- parameter from: day = 1900-01-01 | First day of the deadlines, included
-- parameter to: day = as_of | Last day of the deadlines, included
-- parameter province: province = | Province; every one where none is named
-- parameter agency: agency = | Agency that had the task on the day of its deadline; every one where none is named
-- parameter grace_days: whole = 0 | Days after the deadline in which a report still counts as one at the deadline
with fallen as (
    select
        task_key, province_key, agency_key, due_date,
        case when report_date <= {as_of} then report_date end as reported_date
    from analytics.deadline_report
    where due_date >= {from}
        and due_date <= {to}
        and fn.days_between(due_date, {as_of}) >= {grace_days}
        and {in scope}
        and {in province}
        and {in agency}
),

findings as (
    select
        dim_province.province_name,
        dim_agency.agency_name,
        task_text.task_code,
        fallen.due_date,
        fallen.reported_date,
        case when fallen.reported_date is null then 'missing' else 'late' end as finding_code
    from fallen
    join warehouse.task_text on fallen.task_key = task_text.task_key
    join warehouse.dim_province on fallen.province_key = dim_province.province_key
    join warehouse.dim_agency on fallen.agency_key = dim_agency.agency_key
    where fallen.reported_date is null or fn.days_between(fallen.due_date, fallen.reported_date) > {grace_days}
)

select * from findings
