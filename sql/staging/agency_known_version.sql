-- One row per agency version of today and timespan in which less was known, with the version that the lists of then have in its place.
-- kind: table
-- key: agency_key, known_from
-- The unit is the same; its version is the one of the first day of today's, else the unit's first. Of a unit that no list had told of by
-- then there is no row.
with earlier as (
    select known_from, known_to
    from staging.agency_knowledge_day
    where known_to < cast('9999-12-31' as date)
),

ranked as (
    select
        agency.agency_key, earlier.known_from, earlier.known_to, agency_known.version_key as known_agency_key,
        row_number() over (
            partition by agency.agency_key, earlier.known_from
            order by
                case when agency_known.valid_from <= agency.valid_from then 0 else 1 end,
                case when agency_known.valid_from > agency.valid_from then agency_known.valid_from end,
                agency_known.valid_from desc
        ) as preference
    from staging.agency
    join staging.agency_known on agency.agency_code = agency_known.agency_code
    join earlier
        on agency_known.known_from <= earlier.known_from
        and agency_known.known_to > earlier.known_from
),

versions as (
    select agency_key, known_from, known_to, known_agency_key
    from ranked
    where preference = 1
)

select * from versions
