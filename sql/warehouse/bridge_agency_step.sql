-- One row per agency version and the one that its tasks go to next: its own unit's next version, or the unit that took over.
-- kind: table
-- key: agency_key
-- A version that goes nowhere stays where it is.
with versions as (
    select
        agency_key, agency_code, valid_to,
        lead(agency_key) over (partition by agency_code order by valid_from) as next_version_key
    from warehouse.dim_agency
),

receivers as (
    select from_agency_key, min(to_agency_key) as to_agency_key, min(effective_date) as effective_date
    from warehouse.bridge_agency_succession
    where weight = 1 and known_to = cast('9999-12-31' as date)
    group by from_agency_key
),

steps as (
    select
        versions.agency_key,
        coalesce(versions.next_version_key, receivers.to_agency_key, versions.agency_key) as next_key,
        case
            when versions.next_version_key is not null then versions.valid_to
            else receivers.effective_date
        end as step_date
    from versions
    left join receivers on versions.agency_key = receivers.from_agency_key
)

select * from steps
