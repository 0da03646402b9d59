-- One row per agency, day of assignment, day on which it was seen and term: how many tasks came.
-- kind: view
-- key: source_key, province_key, agency_key, assigned_date, seen_date, term_days
-- term_days: from the assignment to the first overdue day; -1 where there is no deadline. An agency is the one that the task came to first.
with openings as (
    select
        forecast_span.*,
        row_number() over (partition by task_key order by valid_from) as span_no
    from analytics.forecast_span
),

arrivals as (
    select
        openings.source_key, openings.province_key, openings.agency_key, fact_task.assigned_date, openings.seen_from as seen_date,
        case
            when openings.class_code <> 'due' then -1
            when openings.zero_date < fact_task.assigned_date then 0
            else fn.days_between(fact_task.assigned_date, openings.zero_date)
        end as term_days
    from openings
    join warehouse.fact_task on openings.task_key = fact_task.task_key
    where openings.span_no = 1 and fact_task.assigned_date is not null
),

counts as (
    select
        source_key, province_key, agency_key, assigned_date, seen_date, term_days, cast(count(*) as bigint) as task_count
    from arrivals
    group by source_key, province_key, agency_key, assigned_date, seen_date, term_days
)

select * from counts
