-- One row per agency version of today and timespan of knowledge, with the version that the lists of then have in its place.
-- kind: table
-- key: agency_key, known_from
-- The unit is the same; its version is the one of the first day of today's, else the unit's first. Of a unit that no list had told of by
-- then there is no row.
with ranked as (
    select
        agency.agency_key, days.known_from, days.known_to, agency_known.version_key as known_agency_key,
        row_number() over (
            partition by agency.agency_key, days.known_from
            order by
                case when agency_known.valid_from <= agency.valid_from then 0 else 1 end,
                case when agency_known.valid_from > agency.valid_from then agency_known.valid_from end,
                agency_known.valid_from desc
        ) as preference
    from staging.agency
    join staging.agency_known on agency.agency_code = agency_known.agency_code
    join staging.agency_knowledge_day as days
        on agency_known.source_key = days.source_key
        and agency_known.known_from <= days.known_from
        and agency_known.known_to > days.known_from
),

versions as (
    select agency_key, known_from, known_to, known_agency_key
    from ranked
    where preference = 1
)

select * from versions
