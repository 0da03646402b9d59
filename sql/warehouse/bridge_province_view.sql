-- One row per view and province version, with the province that the view shows in its place: exactly one, so sums are preserved.
-- kind: table
-- key: view_code, province_key
-- as_is: the province it is part of today. panel: the one of the 34 of 1 July 2025, for every day before and since.
-- Successors come from the province's own identity: seven numbers belong to another province since that day (DOMAIN.md 3.1).
with steps as (
    select 'as_is' as view_code, province_key, successor_key, valid_to
    from warehouse.dim_province
    union all
    select
        'panel' as view_code, province_key,
        case when valid_to <= cast('2025-07-01' as date) then successor_key else province_key end as successor_key,
        valid_to
    from warehouse.dim_province
),

steps_2 as (
    select steps.view_code, steps.province_key, later.successor_key, steps.valid_to
    from steps
    join steps as later on steps.view_code = later.view_code and steps.successor_key = later.province_key
),

steps_4 as (
    select steps_2.view_code, steps_2.province_key, later.successor_key, steps_2.valid_to
    from steps_2
    join steps_2 as later on steps_2.view_code = later.view_code and steps_2.successor_key = later.province_key
),

-- A version that began later (Đồng Nai became a city in 2026) continues one of the 34.
continued as (
    select
        later_version.province_key, min(panel_version.province_key) as panel_key
    from warehouse.dim_province as later_version
    join warehouse.dim_province as panel_version
        on later_version.province_code = panel_version.province_code
        and panel_version.valid_from <= cast('2025-07-01' as date)
        and panel_version.valid_to > cast('2025-07-01' as date)
    where later_version.valid_from > cast('2025-07-01' as date)
    group by later_version.province_key
),

shown as (
    select
        steps_4.view_code,
        steps_4.province_key,
        case when steps_4.view_code = 'panel' then coalesce(continued.panel_key, steps_4.successor_key)
            else steps_4.successor_key
        end as shown_province_key,
        case when steps_4.province_key <> steps_4.successor_key then steps_4.valid_to end as since_date
    from steps_4
    left join continued on steps_4.province_key = continued.province_key
)

select * from shown
