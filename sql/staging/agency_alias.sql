-- One row per agency name and period in which it means one agency; a younger agency takes the name over.
-- kind: table
-- key: agency_name_key, valid_from
-- On days from understood_from on, before anybody had the name, it is that of the next agency called so: a source
-- overwrites the name of a merged agency in tasks and events that are older than its successor.
-- A version that a newer list took back takes its names along.
with withdrawn as (
    select agency_code, valid_from
    from staging.agency_known
    group by agency_code, valid_from
    having max(known_to) < cast('9999-12-31' as date)
),

aliases as (
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
    left join withdrawn
        on agency_alias.agency_code = withdrawn.agency_code
        and agency_alias.valid_from = withdrawn.valid_from
    where withdrawn.agency_code is null
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
),

understood as (
    select
        agency_name_key, agency_code, valid_from, valid_to,
        lag(valid_to, 1, cast('1900-01-01' as date)) over (partition by agency_name_key order by valid_from)
            as understood_from
    from bounded
)

select * from understood
