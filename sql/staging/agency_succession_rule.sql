-- One row per unit that ended, unit that may have taken over and what was known of both, as names follow from the reorganisations of 2025.
-- kind: view
-- key: none
-- Departments: the reference list, within one system and province, where both units exist. Provinces: whole units joined, so
-- the department of a province that ended goes on in that of the same name of the new province (DOMAIN.md 3.1, 3.3).
with units as (
    select
        agency_known.version_key as agency_key, agency_known.agency_code, agency_known.source_key, agency_known.unit_name_key,
        province.province_code, agency_known.valid_from, agency_known.valid_to, agency_known.known_from,
        agency_known.known_to
    from staging.agency_known
    join raw.province on agency_known.province_key = province.province_key
),

department_changes as (
    select
        department_change.change_no, department_change.old_unit_name_key, department_change.new_unit_name_key,
        department_change.relation_code, department_change.evidence_code, department_change.effective_date,
        province.province_code
    from raw.department_change
    left join raw.province on department_change.province_key = province.province_key
    where department_change.scope_code in ('national', 'province') and department_change.effective_date is not null
),

province_mergers as (
    select old_province.province_code, new_province.province_code as new_province_code, old_province.valid_to
        as effective_date
    from raw.province as old_province
    join raw.province as new_province on old_province.successor_key = new_province.province_key
    where old_province.province_code <> new_province.province_code
),

of_departments as (
    select
        old_unit.agency_key as from_agency_key, new_unit.agency_key as to_agency_key,
        department_changes.effective_date, department_changes.relation_code, department_changes.evidence_code,
        case when department_changes.relation_code in ('merge', 'merge_same_name') then 1 else 0 end as weight,
        case when department_changes.province_code is null then 1 else 0 end as rank_no,
        department_changes.change_no, 0 as is_other_source, new_unit.agency_code,
        old_unit.known_from as old_known_from, old_unit.known_to as old_known_to,
        new_unit.known_from as new_known_from, new_unit.known_to as new_known_to
    from department_changes
    join units as old_unit
        on department_changes.old_unit_name_key = old_unit.unit_name_key
        and old_unit.valid_from < department_changes.effective_date
        and old_unit.valid_to >= department_changes.effective_date
    join units as new_unit
        on department_changes.new_unit_name_key = new_unit.unit_name_key
        and new_unit.source_key = old_unit.source_key
        and new_unit.province_code = old_unit.province_code
        and new_unit.valid_from <= department_changes.effective_date
        and new_unit.valid_to > department_changes.effective_date
        and new_unit.known_from < old_unit.known_to and new_unit.known_to > old_unit.known_from
    where old_unit.agency_key <> new_unit.agency_key
        and coalesce(department_changes.province_code, old_unit.province_code) = old_unit.province_code
),

of_provinces as (
    select
        old_unit.agency_key as from_agency_key, new_unit.agency_key as to_agency_key,
        province_mergers.effective_date, 'province_merge' as relation_code, 'inferred_by_name' as evidence_code,
        1 as weight, 2 as rank_no, 0 as change_no,
        case when new_unit.source_key = old_unit.source_key then 0 else 1 end as is_other_source,
        new_unit.agency_code,
        old_unit.known_from as old_known_from, old_unit.known_to as old_known_to,
        new_unit.known_from as new_known_from, new_unit.known_to as new_known_to
    from province_mergers
    join units as old_unit
        on province_mergers.province_code = old_unit.province_code
        and old_unit.valid_from < province_mergers.effective_date
        and old_unit.valid_to >= province_mergers.effective_date
    join units as new_unit
        on old_unit.unit_name_key = new_unit.unit_name_key
        and province_mergers.new_province_code = new_unit.province_code
        and new_unit.valid_from <= province_mergers.effective_date
        and new_unit.valid_to > province_mergers.effective_date
        and new_unit.known_from < old_unit.known_to and new_unit.known_to > old_unit.known_from
    where old_unit.agency_key <> new_unit.agency_key
),

found as (
    select * from of_departments
    union all
    select * from of_provinces
)

select * from found
