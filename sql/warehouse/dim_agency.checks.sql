-- check: no agency closes before it opens | error
select agency_key, agency_code, valid_from, valid_to
from warehouse.dim_agency
where valid_to <= valid_from
