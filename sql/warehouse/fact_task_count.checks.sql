-- check: counts made in advance equal the spans at the end of the month before the newest extract | error
with newest as (
    select fn.add_days(fn.month_start(max(extract_date)), -1) as counted_date
    from warehouse.dim_load
    where record_code like 'task%'
),

of_spans as (
    select source_key, is_open, is_completed, is_withdrawn, has_deadline, is_late, count(*) as task_count
    from warehouse.fact_task_state
    where valid_from <= (select counted_date from newest) and valid_to > (select counted_date from newest)
        and (is_open = 1 or is_completed = 1 or is_withdrawn = 1)
    group by source_key, is_open, is_completed, is_withdrawn, has_deadline, is_late
),

in_advance as (
    select source_key, is_open, is_completed, is_withdrawn, has_deadline, is_late, sum(task_count) as task_count
    from warehouse.fact_task_count
    where valid_from <= (select counted_date from newest) and valid_to > (select counted_date from newest)
    group by source_key, is_open, is_completed, is_withdrawn, has_deadline, is_late
)

select
    coalesce(of_spans.source_key, in_advance.source_key) as source_key, of_spans.task_count as task_count_of_spans,
    in_advance.task_count as task_count_in_advance
from of_spans
full join in_advance
    on of_spans.source_key = in_advance.source_key
    and of_spans.is_open = in_advance.is_open
    and of_spans.is_completed = in_advance.is_completed
    and of_spans.is_withdrawn = in_advance.is_withdrawn
    and of_spans.has_deadline = in_advance.has_deadline
    and of_spans.is_late = in_advance.is_late
where coalesce(of_spans.task_count, 0) <> coalesce(in_advance.task_count, 0)
