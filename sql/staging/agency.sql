-- One row per agency version, as the newest list that names it says; a version ends at the latest where the next begins.
-- kind: view
-- key: agency_code, valid_from
with listed as (
    select
        agency.agency_key, agency.agency_code, agency.source_key, agency.province_key, agency.agency_name, agency.kind_code,
        agency.level_code, agency.parent_name, agency.valid_from, agency.valid_to,
        row_number() over (
            partition by agency.agency_code, agency.valid_from
            order by coalesce(batch.extract_date, cast('1900-01-01' as date)) desc, agency.load_key, agency.row_no
        ) as recency
    from raw.agency
    join raw.batch on agency.load_key = batch.load_key
),

newest as (
    select
        agency_key, agency_code, source_key, province_key, agency_name, kind_code, level_code, parent_name, valid_from,
        valid_to, lead(valid_from) over (partition by agency_code order by valid_from) as next_from
    from listed
    where recency = 1
),

bounded as (
    select
        agency_key, agency_code, source_key, province_key, agency_name, kind_code, level_code, parent_name, valid_from,
        case when next_from < valid_to then next_from else valid_to end as valid_to
    from newest
)

select * from bounded
