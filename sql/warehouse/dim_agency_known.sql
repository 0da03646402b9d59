-- One row per agency version and timespan of knowledge, worded as the newest list of then; before any list told of it, as the first one did.
-- kind: view
-- key: agency_key, known_from
with told as (
    select
        version_key as agency_key, source_key, province_key, agency_code, agency_name, kind_code, level_code, parent_name,
        valid_from, valid_to, known_from,
        row_number() over (partition by version_key order by known_from) as telling_no,
        lead(known_from, 1, cast('9999-12-31' as date)) over (partition by version_key order by known_from) as known_to
    from warehouse.dim_agency_history
),

versions as (
    select
        agency_key, source_key, province_key, agency_code, agency_name, kind_code, level_code, parent_name,
        valid_from, valid_to,
        case when telling_no = 1 then cast('1900-01-01' as date) else known_from end as known_from, known_to
    from told
    union all
    select
        agency_key, source_key, province_key, agency_code, agency_name, kind_code, level_code, parent_name,
        valid_from, valid_to, cast('1900-01-01' as date) as known_from, cast('9999-12-31' as date) as known_to
    from warehouse.dim_agency
    where agency_key = 0
)

select * from versions
