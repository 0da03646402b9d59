-- One row per province version; GSO number and electronic code hold for the version only.
-- kind: table
-- key: province_key
with provinces as (
    select
        province_key, successor_key, province_code, province_name, province_name_en, gso_code, electronic_code,
        kind_code, is_current, valid_from, valid_to
    from raw.province
),

unknown as (
    select
        member_key as province_key, member_key as successor_key, member_code as province_code,
        member_name as province_name, member_name_en as province_name_en,
        cast(null as varchar(60)) as gso_code, cast(null as varchar(60)) as electronic_code,
        cast(null as varchar(60)) as kind_code, 1 as is_current, valid_from, valid_to
    from raw.unknown_member
),

provinces_and_unknown as (
    select * from provinces
    union all
    select * from unknown
)

select * from provinces_and_unknown
