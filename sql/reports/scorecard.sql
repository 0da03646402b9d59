-- One row per agency with tasks in the window: the four figures of a commendation, the base of each, and which thresholds are passed.
-- kind: report
-- key: province_name, agency_name
-- order: -is_commended, province_name, agency_name
-- title: Bảng kết quả thực hiện nhiệm vụ và các mức biểu dương | Scorecard with the thresholds of commendation
-- parameter from: day = 1900-01-01 | First day of the window of assignment, included
-- parameter to: day = newest | Last day of the window of assignment, included
-- parameter as_of: day = to | State at the end of this day
-- parameter province: province = | Province; every one where none is named
-- parameter agency: agency = | Lead agency; every one where none is named
-- parameter shown: every / commended / others = every | Which agencies are shown
-- parameter completed_over: whole = 90 | Completed: more than this percent (S1-08)
-- parameter assigned_over: whole = 200 | Assigned: more than this many tasks (S1-09)
-- parameter on_time_over: whole = 75 | Completed on time: more than this percent (S1-10)
-- parameter overdue_at_most: whole = 1 | Overdue and not completed: at most this percent (S1-11)
-- parameter completed_base: assigned / due = assigned | What completed is a percentage of; the letter does not say
-- parameter on_time_base: completed / due / assigned = completed | What completed on time is a percentage of; the letter does not say
-- parameter overdue_base: assigned / due / open = assigned | What overdue is a percentage of; the letter does not say
-- Letter 4651/UBND-KSTT: all four must hold, three of them strictly. Whole numbers are compared, never rounded rates.
with counted as (
    select
        province_key,
        agency_key,
        {count assigned} as assigned,
        {count completed} as completed,
        {count completed_on_time} as completed_on_time,
        {count open} as open_count,
        {count open_overdue} as open_overdue,
        {count fallen_due} as fallen_due
    from warehouse.fact_task_state
    where {state}
        and {in scope}
        and {in province}
        and {in agency}
        and assigned_date >= {from}
        and assigned_date <= {to}
    group by province_key, agency_key
),

based as (
    select
        counted.*,
        case {completed_base} when 'due' then completed + open_overdue else assigned end as completed_of,
        case {on_time_base} when 'due' then fallen_due when 'assigned' then assigned else completed end as on_time_of,
        case {overdue_base} when 'due' then fallen_due when 'open' then open_count else assigned end as overdue_of
    from counted
    where assigned > 0
),

judged as (
    select
        based.*,
        case when assigned > {assigned_over} then 1 else 0 end as is_enough,
        case when 100 * completed > {completed_over} * completed_of then 1 else 0 end as is_completed_high,
        case when 100 * completed_on_time > {on_time_over} * on_time_of then 1 else 0 end as is_on_time_high,
        case when 100 * open_overdue <= {overdue_at_most} * overdue_of then 1 else 0 end as is_overdue_low
    from based
),

named as (
    select
        dim_province.province_name,
        dim_agency.agency_name,
        judged.assigned,
        judged.completed as completion_rate_numerator,
        judged.completed_of as completion_rate_denominator,
        {completed_base} as completion_rate_base,
        judged.completed_on_time as on_time_rate_numerator,
        judged.on_time_of as on_time_rate_denominator,
        {on_time_base} as on_time_rate_base,
        judged.open_overdue as overdue_rate_numerator,
        judged.overdue_of as overdue_rate_denominator,
        {overdue_base} as overdue_rate_base,
        judged.is_enough,
        judged.is_completed_high,
        judged.is_on_time_high,
        judged.is_overdue_low,
        judged.is_enough * judged.is_completed_high * judged.is_on_time_high * judged.is_overdue_low as is_commended
    from judged
    join warehouse.dim_province on judged.province_key = dim_province.province_key
    join warehouse.dim_agency on judged.agency_key = dim_agency.agency_key
),

shown as (
    select *
    from named
    where {shown} = 'every'
        or ({shown} = 'commended' and is_commended = 1)
        or ({shown} = 'others' and is_commended = 0)
)

select * from shown
