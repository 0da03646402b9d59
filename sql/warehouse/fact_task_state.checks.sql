-- check: spans of a task neither overlap nor leave gaps | error
with spans as (
    select
        task_key, valid_from, valid_to,
        lead(valid_from) over (partition by task_key order by valid_from) as next_from
    from warehouse.fact_task_state
)

select task_key, valid_from, valid_to, next_from
from spans
where valid_from >= valid_to or coalesce(next_from, valid_to) <> valid_to

-- check: every task has exactly one open-ended span | error
select fact_task.task_key, count(fact_task_state.task_key) as span_count
from warehouse.fact_task
left join warehouse.fact_task_state
    on fact_task.task_key = fact_task_state.task_key
    and fact_task_state.valid_to = cast('9999-12-31' as date)
group by fact_task.task_key
having count(fact_task_state.task_key) <> 1
