-- check: no task is completed before it was assigned | warn
select task_key, assigned_date, completed_date
from warehouse.fact_task
where completed_date < assigned_date

-- check: no deadline lies before the assignment | warn
select task_key, assigned_date, due_date
from warehouse.fact_task
where due_date < assigned_date

-- check: completed tasks have a completion date | warn
select task_key, source_key
from warehouse.fact_task
where lifecycle_code = 'completed' and completed_date is null and reported_date is null
