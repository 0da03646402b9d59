-- One row per timespan in which nothing new was told of any unit: from the day of a list that changed something to the next one.
-- kind: table
-- key: known_from
with told as (
    select known_from as told_date from staging.agency_known
    union
    select known_to as told_date from staging.agency_known
    union
    select known_from as told_date from staging.agency_succession_told
    union
    select known_to as told_date from staging.agency_succession_told
    union
    select known_from as told_date from staging.agency_succession_ruled
    union
    select known_to as told_date from staging.agency_succession_ruled
    union
    select cast('1900-01-01' as date) as told_date
),

days as (
    select
        told_date as known_from,
        lead(told_date, 1, cast('9999-12-31' as date)) over (order by told_date) as known_to
    from told
    where told_date < cast('9999-12-31' as date)
)

select * from days
