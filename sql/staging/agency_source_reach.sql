-- One row per source and source of which a list may change which unit stands for one of its own.
-- kind: table
-- key: source_key, other_key
-- Itself, those that tell of the same units (several feeds may read one system), those whose units took over from its own or handed over to
-- them, and by way of these others. Followed by doubling three times: eight sources in a row.
with successions as (
    select from_agency_key, to_agency_key from staging.agency_succession_told
    union
    select from_agency_key, to_agency_key from staging.agency_succession_ruled
),

tellers as (
    select version_key, agency_code, source_key
    from staging.agency_known
    group by version_key, agency_code, source_key
),

links as (
    select old_unit.source_key, new_unit.source_key as other_key
    from successions
    join tellers as old_unit on successions.from_agency_key = old_unit.version_key
    join tellers as new_unit on successions.to_agency_key = new_unit.version_key
    group by old_unit.source_key, new_unit.source_key
),

reach_1 as (
    select source_key, other_key from links
    union
    select other_key as source_key, source_key as other_key from links
    union
    select here.source_key, there.source_key as other_key
    from tellers as here
    join tellers as there on here.agency_code = there.agency_code
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
