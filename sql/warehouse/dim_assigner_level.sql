-- One row per level that assigns tasks.
-- kind: table
-- key: assigner_level_key
with levels as (
    select assigner_level_key, assigner_level_code, assigner_level_name, assigner_level_name_en
    from raw.assigner_level
)

select * from levels
