-- check: the deadline travels with a task that is handed over | warn
select from_task_key, to_task_key, handed_over_date, from_due_date, to_due_date
from analytics.task_hand_over
where is_deadline_kept = 0

-- check: a task that was handed over to another one is closed as transferred | warn
select task_hand_over.from_task_key, task_hand_over.to_task_key, fact_task.lifecycle_code
from analytics.task_hand_over
join warehouse.fact_task on task_hand_over.from_task_key = fact_task.task_key
where task_hand_over.is_linked = 1 and fact_task.lifecycle_code <> 'transferred'
