-- One row per agency version; key 0 stands for a name that no list of agencies explains.
-- kind: table
-- key: agency_key
with agencies as (
    select
        agency_key, source_key, province_key, agency_code, agency_name, kind_code, level_code, parent_name,
        valid_from, valid_to, known_from
    from staging.agency
),

unknown as (
    select
        member_key as agency_key, cast(null as bigint) as source_key, member_key as province_key,
        member_code as agency_code, member_name as agency_name,
        cast(null as varchar(60)) as kind_code, cast(null as varchar(60)) as level_code,
        cast(null as varchar(400)) as parent_name, valid_from, valid_to, valid_from as known_from
    from raw.unknown_member
),

agencies_and_unknown as (
    select * from agencies
    union all
    select * from unknown
)

select * from agencies_and_unknown
