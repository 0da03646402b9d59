-- check: a unit that ended has at most one main receiver | error
select from_agency_key, count(*) as receiver_count
from warehouse.bridge_agency_succession
where weight = 1 and known_to = cast('9999-12-31' as date)
group by from_agency_key
having count(*) > 1

-- check: a unit that a list names as successor is there when the other one ends | warn
select agency_succession.from_agency_code, agency_succession.to_agency_id
from raw.agency_succession
join staging.agency_telling
    on agency_succession.from_agency_code = agency_telling.agency_code
    and agency_succession.load_key = agency_telling.load_key
    and agency_telling.known_to = cast('9999-12-31' as date)
join staging.agency_known as old_unit
    on agency_succession.from_agency_code = old_unit.agency_code
    and old_unit.is_last = 1
    and old_unit.known_to = cast('9999-12-31' as date)
left join staging.agency_known as new_unit
    on agency_succession.source_key = new_unit.source_key
    and agency_succession.to_agency_id = new_unit.agency_id
    and new_unit.known_to = cast('9999-12-31' as date)
    and (new_unit.valid_to > old_unit.valid_to or old_unit.valid_to = cast('9999-12-31' as date))
where new_unit.agency_code is null
