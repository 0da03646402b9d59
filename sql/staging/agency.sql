-- One row per agency version, as the newest list that names its unit says; a version ends at the latest where the next begins.
-- kind: view
-- key: agency_code, valid_from
with known as (
    select
        version_key as agency_key, agency_code, source_key, province_key, unit_name_key, agency_id, agency_name, kind_code,
        level_code, parent_name, is_last, valid_from, valid_to, known_from
    from staging.agency_known
    where known_to = cast('9999-12-31' as date)
)

select * from known
