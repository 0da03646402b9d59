-- check: every task has exactly one open-ended span | error
select fact_task.task_key, count(fact_task_state.task_key) as span_count
from warehouse.fact_task
left join warehouse.fact_task_state
    on fact_task.task_key = fact_task_state.task_key
    and fact_task_state.valid_to = cast('9999-12-31' as date)
group by fact_task.task_key
having count(fact_task_state.task_key) <> 1
