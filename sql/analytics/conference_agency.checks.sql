-- check: included and excluded tasks of a synthesis make up all of them | error
select conference_key, lock_no, agency_key, task_count, included_count, excluded_count
from analytics.conference_agency
where task_count <> included_count + excluded_count
    or excluded_count <> no_information_count + incomplete_count
    or open_count <> fresh_day_count + fresh_week_count + fresh_older_count + fresh_none_count
