-- One row per agency name and timespan of days on which it means one version of one agency (half-open days).
-- kind: table
-- key: agency_name_key, valid_from
-- A day before anybody had the name is that of the next agency called so, as it was on its first day under that name. A day of
-- no row is nobody's: key 0.
with aliases as (
    select agency_name_key, agency_code, understood_from, valid_from, valid_to
    from staging.agency_alias
),

versions as (
    select agency_key, agency_code, valid_from, valid_to
    from staging.agency
),

days as (
    select
        aliases.agency_name_key, versions.agency_key,
        case when versions.valid_from <= aliases.valid_from then aliases.understood_from else versions.valid_from end
            as valid_from,
        case when versions.valid_to < aliases.valid_to then versions.valid_to else aliases.valid_to end as valid_to
    from aliases
    join versions
        on aliases.agency_code = versions.agency_code
        and versions.valid_from < aliases.valid_to
        and versions.valid_to > aliases.valid_from
)

select * from days
