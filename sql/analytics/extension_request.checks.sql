-- check: a request for an extension names its plan and the date asked for | warn
select event_key, task_key, requested_date, has_plan, has_asked_date
from analytics.extension_request
where has_plan = 0 or has_asked_date = 0
