-- One row per source and timespan in which nothing new was told of its units: from the day of a list that changed something to the next one.
-- kind: table
-- key: source_key, known_from
-- A list counts for its own source and for those in its reach, for all of which it then begins a timespan.
with successions as (
    select from_agency_key, known_from, known_to from staging.agency_succession_told
    union all
    select from_agency_key, known_from, known_to from staging.agency_succession_ruled
),

tellers as (
    select version_key, source_key
    from staging.agency_known
    group by version_key, source_key
),

told as (
    select source_key, known_from, known_to
    from staging.agency_known
    union
    select tellers.source_key, successions.known_from, successions.known_to
    from successions
    join tellers on successions.from_agency_key = tellers.version_key
    union
    select source_key, cast('1900-01-01' as date) as known_from, cast('9999-12-31' as date) as known_to
    from staging.agency_known
),

told_days as (
    select source_key, known_from as told_date from told
    union
    select source_key, known_to as told_date from told
),

reached as (
    select reach.source_key, told_days.told_date
    from staging.agency_source_reach as reach
    join told_days on reach.other_key = told_days.source_key
    where told_days.told_date < cast('9999-12-31' as date)
    group by reach.source_key, told_days.told_date
),

days as (
    select
        source_key, told_date as known_from,
        lead(told_date, 1, cast('9999-12-31' as date)) over (partition by source_key order by told_date) as known_to
    from reached
)

select * from days
