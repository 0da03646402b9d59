-- check: counts made in advance equal the spans on the newest extract's day and at the month end before it | error
with newest as (
    select max(extract_date) as extract_date, fn.add_days(fn.month_start(max(extract_date)), -1) as month_end_date
    from warehouse.dim_load
    where record_code like 'task%'
),

standing as (
    select
        source_key, is_open, is_completed, is_withdrawn, has_deadline, is_late, 1 as task_count, 0 as task_count_in_advance,
        case when valid_from <= month_end_date and valid_to > month_end_date then 1 else 0 end as is_at_month_end,
        case when valid_from <= extract_date and valid_to > extract_date then 1 else 0 end as is_at_extract
    from warehouse.fact_task_state
    cross join newest
    where valid_to > month_end_date and valid_from <= extract_date and (is_open = 1 or is_completed = 1 or is_withdrawn = 1)
    union all
    select
        source_key, is_open, is_completed, is_withdrawn, has_deadline, is_late, 0 as task_count, task_count as task_count_in_advance,
        case when valid_from <= month_end_date and valid_to > month_end_date then 1 else 0 end as is_at_month_end,
        case when valid_from <= extract_date and valid_to > extract_date then 1 else 0 end as is_at_extract
    from warehouse.fact_task_count
    cross join newest
    where valid_to > month_end_date and valid_from <= extract_date
)

select
    source_key, sum(task_count * is_at_month_end) as task_count_at_month_end, sum(task_count_in_advance * is_at_month_end) as task_count_in_advance_at_month_end,
    sum(task_count * is_at_extract) as task_count_at_extract, sum(task_count_in_advance * is_at_extract) as task_count_in_advance_at_extract
from standing
group by source_key, is_open, is_completed, is_withdrawn, has_deadline, is_late
having sum(task_count * is_at_month_end) <> sum(task_count_in_advance * is_at_month_end)
    or sum(task_count * is_at_extract) <> sum(task_count_in_advance * is_at_extract)
