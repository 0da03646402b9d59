-- One row per source and source whose units took over from its own or handed over to them, itself and by way of others included.
-- kind: table
-- key: source_key, other_key
-- What either list told may change which unit stands for one of the other's. Followed by doubling three times: eight systems in a row.
with successions as (
    select from_agency_key, to_agency_key from staging.agency_succession_told
    union
    select from_agency_key, to_agency_key from staging.agency_succession_ruled
),

units as (
    select version_key, min(source_key) as source_key
    from staging.agency_known
    group by version_key
),

links as (
    select old_unit.source_key, new_unit.source_key as other_key
    from successions
    join units as old_unit on successions.from_agency_key = old_unit.version_key
    join units as new_unit on successions.to_agency_key = new_unit.version_key
    group by old_unit.source_key, new_unit.source_key
),

reach_1 as (
    select source_key, other_key from links
    union
    select other_key as source_key, source_key as other_key from links
    union
    select source_key, source_key as other_key from units
),

reach_2 as (
    select here.source_key, there.other_key
    from reach_1 as here
    join reach_1 as there on here.other_key = there.source_key
    group by here.source_key, there.other_key
),

reach_4 as (
    select here.source_key, there.other_key
    from reach_2 as here
    join reach_2 as there on here.other_key = there.source_key
    group by here.source_key, there.other_key
),

reach_8 as (
    select here.source_key, there.other_key
    from reach_4 as here
    join reach_4 as there on here.other_key = there.source_key
    group by here.source_key, there.other_key
)

select * from reach_8
