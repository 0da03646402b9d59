-- One row per agency code and timespan of knowledge, with the load whose word on the unit stood in it.
-- kind: table
-- key: agency_code, known_from
-- Knowledge is dated by the extract, never by the clock; a list without a day was always known. The newest list that names a
-- code tells all its versions: what it leaves out was a mistake. A list that does not name the code says nothing of it.
with lists as (
    select
        agency.agency_code, agency.load_key,
        min(coalesce(batch.extract_date, cast('1900-01-01' as date))) as told_date
    from raw.agency
    join raw.batch on agency.load_key = batch.load_key
    group by agency.agency_code, agency.load_key
),

ranked as (
    select
        agency_code, load_key, told_date,
        row_number() over (partition by agency_code, told_date order by load_key) as recency
    from lists
),

tellings as (
    select
        agency_code, load_key, told_date as known_from,
        lead(told_date, 1, cast('9999-12-31' as date)) over (partition by agency_code order by told_date) as known_to
    from ranked
    where recency = 1
)

select * from tellings
