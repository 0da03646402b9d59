-- One row per agency version and timespan of knowledge in which the lists told it alike; a correction ends one and begins another.
-- kind: table
-- key: agency_code, valid_from, known_from
-- A version ends at the latest where the next begins.
with listed as (
    select
        agency.agency_key, agency.agency_code, agency.source_key, agency.province_key, agency.unit_name_key,
        agency.agency_id, agency.agency_name, agency.kind_code, agency.level_code, agency.parent_name,
        agency.valid_from, agency.valid_to, agency_telling.known_from, agency_telling.known_to,
        row_number() over (
            partition by agency.agency_code, agency.valid_from, agency_telling.known_from
            order by agency.row_no, agency.agency_name
        ) as place_in_list
    from raw.agency
    join staging.agency_telling
        on agency.agency_code = agency_telling.agency_code
        and agency.load_key = agency_telling.load_key
),

followed as (
    select
        listed.*,
        lead(valid_from) over (partition by agency_code, known_from order by valid_from) as next_from
    from listed
    where place_in_list = 1
),

bounded as (
    select
        agency_key, agency_code, source_key, province_key, unit_name_key, agency_id, agency_name, kind_code,
        level_code, parent_name, case when next_from is null then 1 else 0 end as is_last, valid_from,
        case when next_from < valid_to then next_from else valid_to end as valid_to, known_from, known_to
    from followed
),

compared as (
    select
        bounded.*,
        lag(known_to) over (partition by agency_code, valid_from order by known_from) as earlier_known_to,
        lag(valid_to) over (partition by agency_code, valid_from order by known_from) as earlier_valid_to,
        lag(province_key) over (partition by agency_code, valid_from order by known_from) as earlier_province_key,
        lag(agency_name) over (partition by agency_code, valid_from order by known_from) as earlier_agency_name,
        lag(kind_code) over (partition by agency_code, valid_from order by known_from) as earlier_kind_code,
        lag(level_code) over (partition by agency_code, valid_from order by known_from) as earlier_level_code,
        lag(parent_name) over (partition by agency_code, valid_from order by known_from) as earlier_parent_name
    from bounded
),

numbered as (
    select
        compared.*,
        sum(
            case
                when earlier_known_to = known_from and earlier_valid_to = valid_to
                    and coalesce(earlier_province_key, 0) = coalesce(province_key, 0)
                    and earlier_agency_name = agency_name
                    and coalesce(earlier_kind_code, '') = coalesce(kind_code, '')
                    and coalesce(earlier_level_code, '') = coalesce(level_code, '')
                    and coalesce(earlier_parent_name, '') = coalesce(parent_name, '') then 0
                else 1
            end
        ) over (partition by agency_code, valid_from order by known_from rows unbounded preceding) as wording_no
    from compared
),

wordings as (
    select
        agency_code, valid_from, wording_no, min(known_from) as first_known_from, max(known_to) as last_known_to,
        max(known_from) as newest_known_from
    from numbered
    group by agency_code, valid_from, wording_no
),

known as (
    select
        numbered.agency_key as version_key, numbered.agency_code, numbered.source_key, numbered.province_key,
        numbered.unit_name_key, numbered.agency_id, numbered.agency_name, numbered.kind_code, numbered.level_code,
        numbered.parent_name, numbered.is_last, numbered.valid_from, numbered.valid_to,
        wordings.first_known_from as known_from, wordings.last_known_to as known_to
    from wordings
    join numbered
        on wordings.agency_code = numbered.agency_code
        and wordings.valid_from = numbered.valid_from
        and wordings.newest_known_from = numbered.known_from
)

select * from known
