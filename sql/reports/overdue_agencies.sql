-- One row per year and agency that holds overdue tasks of it: how many, since when, and whether the plan asked for came in time.
-- kind: report
-- key: cohort_year, province_name, agency_name
-- order: cohort_year, province_name, oldest_due_date, agency_name
-- title: Đơn vị còn nhiệm vụ quá hạn chưa hoàn thành theo năm | Agencies that still hold overdue tasks, by year
-- parameter as_of: day = newest | State at the end of this day
-- parameter province: province = | Province; every one where none is named
-- parameter agency: agency = | Lead agency; every one where none is named
-- parameter cohort: assigned / due = assigned | Whether a task's year is the one it was assigned or fell due in; the letter does not say
-- parameter year_from: whole = 0 | First year shown
-- parameter year_to: whole = 9999 | Last year shown
-- Letter 1204/UBND-KSTT (S0-07, S0-08): the oldest year first. The plan is the newest one asked for by the day, of that year.
with overdue as (
    select
        province_key,
        agency_key,
        case {cohort} when 'due' then fn.year_of(due_date) else fn.year_of(assigned_date) end as cohort_year,
        case when dim_task_kind.task_kind_code = 'key' then 1 else 0 end as is_key_task,
        due_date
    from warehouse.fact_task_state
    left join warehouse.dim_task_kind on fact_task_state.task_kind_key = dim_task_kind.task_kind_key
    where {state}
        and {in scope}
        and {in province}
        and {in agency}
        and {is open_overdue}
),

held as (
    select
        cohort_year, province_key, agency_key, cast(count(*) as bigint) as overdue_tasks,
        cast(sum(is_key_task) as bigint) as overdue_key_tasks, min(due_date) as oldest_due_date
    from overdue
    where cohort_year >= {year_from} and cohort_year <= {year_to}
    group by cohort_year, province_key, agency_key
),

requests as (
    select
        agency_key, overdue_year, due_date, received_date, in_time_date,
        row_number() over (
            partition by agency_key, overdue_year order by requested_date desc, plan_request_key
        ) as recency
    from warehouse.fact_plan_request
    where requested_date <= {as_of}
),

answered as (
    select
        held.cohort_year,
        dim_province.province_name,
        dim_agency.agency_name,
        held.overdue_tasks,
        held.overdue_key_tasks,
        held.oldest_due_date,
        fn.days_between(held.oldest_due_date, {as_of}) as oldest_days_late,
        requests.due_date as plan_due_date,
        case when requests.received_date <= {as_of} then requests.received_date end as plan_received_date,
        case
            when requests.agency_key is null then 'not_asked'
            when requests.in_time_date <= {as_of} then 'in_time'
            when requests.received_date <= {as_of} then 'late'
            when requests.due_date >= {as_of} then 'awaited'
            else 'missing'
        end as plan_code
    from held
    join warehouse.dim_province on held.province_key = dim_province.province_key
    join warehouse.dim_agency on held.agency_key = dim_agency.agency_key
    left join requests
        on held.agency_key = requests.agency_key
        and held.cohort_year = requests.overdue_year
        and requests.recency = 1
)

select * from answered
