-- check: no succession of agencies leads back to its start | warn
select bridge_agency_view.agency_key, dim_agency.agency_code, dim_agency.agency_name
from warehouse.bridge_agency_view
join warehouse.dim_agency on bridge_agency_view.agency_key = dim_agency.agency_key
where bridge_agency_view.is_circular = 1 and bridge_agency_view.view_code = 'as_is'

-- check: every agency is shown once in each view | error
select dim_agency.agency_key, dim_agency.agency_code, count(bridge_agency_view.agency_key) as view_count
from warehouse.dim_agency
left join warehouse.bridge_agency_view on dim_agency.agency_key = bridge_agency_view.agency_key
group by dim_agency.agency_key, dim_agency.agency_code
having count(bridge_agency_view.agency_key) <> 2
