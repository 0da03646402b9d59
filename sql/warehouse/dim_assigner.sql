-- One row per assigner, at the level at which it assigns.
-- kind: table
-- key: assigner_key
with assigners as (
    select
        assigner_key, max(assigner_level_key) as assigner_level_key, max(assigner_name) as assigner_name
    from raw.assigner
    group by assigner_key
),

unknown as (
    select member_key as assigner_key, member_key as assigner_level_key, member_name as assigner_name
    from raw.unknown_member
),

assigners_and_unknown as (
    select * from assigners
    union all
    select * from unknown
)

select * from assigners_and_unknown
