-- One row per province version, with the version that its line has come to: a conference of today asks for tasks of before.
-- kind: view
-- key: province_key
-- Two steps: a merger, and a change of kind after it.
with steps as (
    select
        first_step.province_key, coalesce(second_step.successor_key, first_step.successor_key) as newest_key
    from raw.province as first_step
    left join raw.province as second_step on first_step.successor_key = second_step.province_key
    union all
    select member_key as province_key, member_key as newest_key
    from raw.unknown_member
)

select * from steps
