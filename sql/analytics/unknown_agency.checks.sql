-- check: agencies are known | warn
select source_key, agency_name, task_count
from analytics.unknown_agency
