-- check: events belong to a task that was delivered | warn
select event_key, task_key, event_code, event_date
from warehouse.fact_task_event
where is_orphan = 1
