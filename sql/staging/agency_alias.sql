-- One row per agency name and period in which it means one agency: from the day on which a younger one takes the name, that one.
-- kind: table
-- key: agency_name_key, valid_from
with aliases as (
    select
        agency_alias.agency_name_key, agency_alias.agency_code, agency_alias.valid_from, agency_alias.valid_to,
        row_number() over (
            partition by agency_alias.agency_name_key, agency_alias.valid_from
            order by
                coalesce(batch.extract_date, cast('1900-01-01' as date)) desc, agency_alias.load_key,
                agency_alias.agency_code
        ) as recency
    from raw.agency_alias
    join raw.batch on agency_alias.load_key = batch.load_key
),

newest as (
    select
        agency_name_key, agency_code, valid_from, valid_to,
        lead(valid_from) over (partition by agency_name_key order by valid_from) as next_from
    from aliases
    where recency = 1
),

bounded as (
    select
        agency_name_key, agency_code, valid_from,
        case when next_from < valid_to then next_from else valid_to end as valid_to
    from newest
)

select * from bounded
