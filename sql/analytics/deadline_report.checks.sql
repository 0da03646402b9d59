-- check: every deadline that fell has a report by its last day | warn
select task_key, agency_key, due_date, report_date
from analytics.deadline_report
where report_date is null or report_date > due_date
-- check: who reports at the deadline that a task is not done tells a plan and the date asked for | warn
select task_key, agency_key, due_date, report_date, has_plan, has_asked_date
from analytics.deadline_report
where is_done = 0
    and told_code in ('deadline_reported', 'extension_requested')
    and (has_plan = 0 or has_asked_date = 0)
