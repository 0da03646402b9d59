-- One row per agency whose deadlines fell in a window: on how many it reported by the last day, done or not, and on how many not.
-- kind: report
-- key: province_name, agency_name
-- order: province_name, agency_name
-- title: Báo cáo khi đến thời hạn giao | Reports at the deadline, by agency
-- parameter as_of: day = newest | As known at the end of this day
-- parameter from: day = 1900-01-01 | First day of the deadlines, included
-- parameter to: day = as_of | Last day of the deadlines, included
-- parameter province: province = | Province; every one where none is named
-- parameter agency: agency = | Agency that had the task on the day of its deadline; every one where none is named
-- parameter grace_days: whole = 0 | Days after the deadline in which a report still counts as one at the deadline
-- Letter 4651/UBND-KSTT (S1-05, S1-06): a report is due whether the task is done or not; of sources that record such reports only.
with fallen as (
    select
        province_key, agency_key, is_done, has_plan, has_asked_date,
        case when report_date <= {as_of} and fn.days_between(due_date, report_date) <= {grace_days} then 1 else 0 end
            as is_in_time,
        case when report_date <= {as_of} then 1 else 0 end as is_reported
    from analytics.deadline_report
    where due_date >= {from}
        and due_date <= {to}
        and fn.days_between(due_date, {as_of}) >= {grace_days}
        and {in scope}
        and {in province}
        and {in agency}
),

counted as (
    select
        province_key,
        agency_key,
        cast(count(*) as bigint) as fallen,
        cast(sum(is_done) as bigint) as reported_done,
        cast(sum(case when is_done = 0 and is_in_time = 1 then 1 else 0 end) as bigint) as reported_not_done,
        cast(sum(case when is_done = 0 and is_in_time = 1 and has_plan = 1 and has_asked_date = 1 then 1 else 0 end)
            as bigint) as not_done_with_plan,
        cast(sum(case when is_in_time = 0 and is_reported = 1 then 1 else 0 end) as bigint) as reported_late,
        cast(sum(case when is_reported = 0 then 1 else 0 end) as bigint) as missing,
        cast(sum(is_in_time) as bigint) as report_rate_numerator,
        cast(count(*) as bigint) as report_rate_denominator
    from fallen
    group by province_key, agency_key
),

named as (
    select
        dim_province.province_name, dim_agency.agency_name, fallen, reported_done, reported_not_done,
        not_done_with_plan, reported_late, missing, report_rate_numerator, report_rate_denominator
    from counted
    join warehouse.dim_province on counted.province_key = dim_province.province_key
    join warehouse.dim_agency on counted.agency_key = dim_agency.agency_key
)

select * from named
