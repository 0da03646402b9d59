-- One row per view and agency version, with the unit that the view shows in its place: exactly one, so sums are preserved.
-- kind: table
-- key: view_code, agency_key
-- as_is: who has its tasks today. panel: who had them on 1 July 2025, when the 34 provinces began. As it was needs no table.
-- Steps are followed by doubling them six times: 64 reorganisations. Units that take over from each other in a circle stay themselves.
with steps as (
    select 'as_is' as view_code, agency_key, next_key, step_date
    from warehouse.bridge_agency_step
    union all
    select
        'panel' as view_code, agency_key,
        case when step_date <= cast('2025-07-01' as date) then next_key else agency_key end as next_key,
        case when step_date <= cast('2025-07-01' as date) then step_date end as step_date
    from warehouse.bridge_agency_step
),

steps_2 as (
    select steps.view_code, steps.agency_key, later.next_key
    from steps
    join steps as later on steps.view_code = later.view_code and steps.next_key = later.agency_key
),

steps_4 as (
    select steps_2.view_code, steps_2.agency_key, later.next_key
    from steps_2
    join steps_2 as later on steps_2.view_code = later.view_code and steps_2.next_key = later.agency_key
),

steps_8 as (
    select steps_4.view_code, steps_4.agency_key, later.next_key
    from steps_4
    join steps_4 as later on steps_4.view_code = later.view_code and steps_4.next_key = later.agency_key
),

steps_16 as (
    select steps_8.view_code, steps_8.agency_key, later.next_key
    from steps_8
    join steps_8 as later on steps_8.view_code = later.view_code and steps_8.next_key = later.agency_key
),

steps_32 as (
    select steps_16.view_code, steps_16.agency_key, later.next_key
    from steps_16
    join steps_16 as later on steps_16.view_code = later.view_code and steps_16.next_key = later.agency_key
),

steps_64 as (
    select steps_32.view_code, steps_32.agency_key, later.next_key
    from steps_32
    join steps_32 as later on steps_32.view_code = later.view_code and steps_32.next_key = later.agency_key
),

shown as (
    select
        steps_64.view_code,
        steps_64.agency_key,
        case when ends.next_key = ends.agency_key then ends.agency_key else steps_64.agency_key end
            as shown_agency_key,
        case when ends.next_key = ends.agency_key then 0 else 1 end as is_circular,
        case when ends.next_key = ends.agency_key then steps.step_date end as since_date
    from steps_64
    join steps on steps_64.view_code = steps.view_code and steps_64.agency_key = steps.agency_key
    join steps as ends on steps_64.view_code = ends.view_code and steps_64.next_key = ends.agency_key
)

select * from shown
