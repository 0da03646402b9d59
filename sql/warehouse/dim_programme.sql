-- One row per work programme.
-- kind: table
-- key: programme_key
with programmes as (
    select programme_key, max(programme_year) as programme_year, max(programme_name) as programme_name
    from raw.programme
    group by programme_key
),

unknown as (
    select member_key as programme_key, cast(null as integer) as programme_year, member_name as programme_name
    from raw.unknown_member
),

programmes_and_unknown as (
    select * from programmes
    union all
    select * from unknown
)

select * from programmes_and_unknown
