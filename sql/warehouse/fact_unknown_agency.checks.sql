-- check: agencies are known | warn
select source_key, agency_name, task_count
from warehouse.fact_unknown_agency
