-- One row per agency version and timespan of knowledge: what the lists said of the unit, and from which extract to which they said so.
-- kind: table
-- key: version_key, known_from
-- dim_agency is what is known now: the rows with the open end. Nothing is updated: a correction ends a row and begins another.
with versions as (
    select
        version_key, source_key, province_key, agency_code, agency_name, kind_code, level_code,
        parent_name, valid_from, valid_to, known_from, known_to
    from staging.agency_known
)

select * from versions
