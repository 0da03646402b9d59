-- check: every task that is open on its newest day is listed as open | error
select fact_task_state.task_key, fact_task_state.valid_from
from warehouse.fact_task_state
left join analytics.open_task on fact_task_state.task_key = open_task.task_key and fact_task_state.valid_from = open_task.valid_from
where fact_task_state.is_open = 1
    and fact_task_state.valid_to = cast('9999-12-31' as date)
    and open_task.task_key is null

-- check: every task that is listed as open is open in the span that is listed | error
select open_task.task_key, open_task.valid_from
from analytics.open_task
left join warehouse.fact_task_state
    on open_task.task_key = fact_task_state.task_key
    and open_task.valid_from = fact_task_state.valid_from
    and open_task.valid_to = fact_task_state.valid_to
    and fact_task_state.is_open = 1
where fact_task_state.task_key is null
