-- check: extensions have a reason | warn
select event_key, task_key, change_date, old_due_date, new_due_date
from warehouse.fact_deadline_change
where is_extension = 1 and detected_by = 'source' and has_reason = 0 and known_to = cast('9999-12-31' as date)

-- check: extensions are granted before the deadline that they move | warn
select event_key, task_key, change_date, old_due_date, new_due_date
from warehouse.fact_deadline_change
where is_extension = 1 and detected_by = 'source' and is_after_deadline = 1 and known_to = cast('9999-12-31' as date)
