-- check: agencies are known | warn
select agency_name.agency_name, count(*) as task_count
from warehouse.fact_task
join staging.current_task on fact_task.task_key = current_task.task_key
join raw.agency_name
    on current_task.agency_name_key = agency_name.agency_name_key
    and current_task.load_key = agency_name.load_key
where fact_task.agency_key = 0
group by agency_name.agency_name

-- check: no task is completed before it was assigned | warn
select task_key, task_code, assigned_date, completed_date
from warehouse.fact_task
where completed_date < assigned_date

-- check: no deadline lies before the assignment | warn
select task_key, task_code, assigned_date, due_date
from warehouse.fact_task
where due_date < assigned_date

-- check: completed tasks have a completion date | warn
select task_key, task_code, source_key
from warehouse.fact_task
where lifecycle_code = 'completed' and completed_date is null and reported_date is null
