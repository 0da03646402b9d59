-- One row per agency version in the newest list of its source.
-- kind: view
-- key: agency_code, valid_from
with listed as (
    select
        agency.agency_key, agency.agency_code, agency.source_key, agency.province_key, agency.agency_name, agency.kind_code,
        agency.level_code, agency.parent_name, agency.valid_from, agency.valid_to,
        row_number() over (
            partition by agency.agency_code, agency.valid_from
            order by batch.extract_date desc, agency.load_key, agency.row_no
        ) as recency
    from raw.agency
    join raw.batch on agency.load_key = batch.load_key
),

newest as (
    select
        agency_key, agency_code, source_key, province_key, agency_name, kind_code, level_code, parent_name, valid_from, valid_to
    from listed
    where recency = 1
)

select * from newest
