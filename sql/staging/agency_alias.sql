-- One row per agency name and period in which it means one agency.
-- kind: table
-- key: agency_name_key, valid_from
with aliases as (
    select
        agency_alias.agency_name_key, agency_alias.agency_code, agency_alias.valid_from, agency_alias.valid_to,
        row_number() over (
            partition by agency_alias.agency_name_key, agency_alias.valid_from
            order by batch.extract_date desc, agency_alias.load_key, agency_alias.agency_code
        ) as recency
    from raw.agency_alias
    join raw.batch on agency_alias.load_key = batch.load_key
),

newest as (
    select agency_name_key, agency_code, valid_from, valid_to
    from aliases
    where recency = 1
)

select * from newest
