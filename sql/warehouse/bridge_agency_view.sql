-- One row per view and agency version, with the unit that the view shows in its place: exactly one, so sums are preserved.
-- kind: table
-- key: view_code, agency_key
-- as_is: who has its tasks today. panel: who had them on 1 July 2025, when the 34 provinces began. As it was needs no table.
-- Steps are followed by doubling them six times: 64 reorganisations. Units that take over from each other in a circle stay themselves.
-- PostgreSQL takes rows that two columns join for ever fewer, in the end for one, and then compares every row with every other, four times over
-- (190 agencies: minutes). So view and agency are one number while steps are followed: agencies' keys, which are positive or 0, and -1 less them.
with steps as (
    select agency_key as step_key, next_key, step_date
    from warehouse.bridge_agency_step
    union all
    select
        -1 - agency_key as step_key,
        -1 - case when step_date <= cast('2025-07-01' as date) then next_key else agency_key end as next_key,
        case when step_date <= cast('2025-07-01' as date) then step_date end as step_date
    from warehouse.bridge_agency_step
),

steps_2 as (
    select steps.step_key, later.next_key
    from steps
    join steps as later on steps.next_key = later.step_key
),

steps_4 as (
    select steps_2.step_key, later.next_key
    from steps_2
    join steps_2 as later on steps_2.next_key = later.step_key
),

steps_8 as (
    select steps_4.step_key, later.next_key
    from steps_4
    join steps_4 as later on steps_4.next_key = later.step_key
),

steps_16 as (
    select steps_8.step_key, later.next_key
    from steps_8
    join steps_8 as later on steps_8.next_key = later.step_key
),

steps_32 as (
    select steps_16.step_key, later.next_key
    from steps_16
    join steps_16 as later on steps_16.next_key = later.step_key
),

steps_64 as (
    select steps_32.step_key, later.next_key
    from steps_32
    join steps_32 as later on steps_32.next_key = later.step_key
),

followed as (
    select
        steps_64.step_key,
        case when ends.next_key = ends.step_key then ends.step_key end as end_key,
        steps.step_date
    from steps_64
    left join steps on steps_64.step_key = steps.step_key
    left join steps as ends on steps_64.next_key = ends.step_key
),

shown as (
    select
        case when step_key >= 0 then 'as_is' else 'panel' end as view_code,
        case when step_key >= 0 then step_key else -1 - step_key end as agency_key,
        case
            when coalesce(end_key, step_key) >= 0 then coalesce(end_key, step_key)
            else -1 - coalesce(end_key, step_key)
        end as shown_agency_key,
        case when end_key is null then 1 else 0 end as is_circular,
        case when end_key is not null then step_date end as since_date
    from followed
)

select * from shown
