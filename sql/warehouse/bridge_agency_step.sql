-- One row per timespan of knowledge, view and agency version, with the version that its tasks go to next as the lists of then say.
-- kind: table
-- key: step_no
-- Next: its own unit's next version, or the unit that took over; what goes nowhere stays where it is. What is known now has the open known_to.
-- Numbered, so that steps are followed by one number: PostgreSQL takes rows that two columns join for ever fewer, in the end for one, and then
-- compares every row with every other, four times over (190 agencies: minutes).
with versions as (
    select
        days.known_from, days.known_to, agency_known.version_key as agency_key, agency_known.valid_to,
        lead(agency_known.version_key) over (
            partition by days.known_from, agency_known.agency_code
            order by agency_known.valid_from
        ) as next_version_key
    from staging.agency_knowledge_day as days
    join staging.agency_known
        on days.known_from >= agency_known.known_from
        and days.known_from < agency_known.known_to
),

receivers as (
    select
        days.known_from, succession.from_agency_key, min(succession.to_agency_key) as to_agency_key,
        min(succession.effective_date) as effective_date
    from staging.agency_knowledge_day as days
    join warehouse.bridge_agency_succession as succession
        on days.known_from >= succession.known_from
        and days.known_from < succession.known_to
    where succession.weight = 1
    group by days.known_from, succession.from_agency_key
),

steps as (
    select
        versions.known_from, versions.known_to, versions.agency_key,
        coalesce(versions.next_version_key, receivers.to_agency_key, versions.agency_key) as next_key,
        case
            when versions.next_version_key is not null then versions.valid_to
            else receivers.effective_date
        end as step_date
    from versions
    left join receivers
        on versions.known_from = receivers.known_from
        and versions.agency_key = receivers.from_agency_key
),

viewed as (
    select 'as_is' as view_code, known_from, known_to, agency_key, next_key, step_date
    from steps
    union all
    select
        'panel' as view_code, known_from, known_to, agency_key,
        case when step_date <= cast('2025-07-01' as date) then next_key else agency_key end as next_key,
        case when step_date <= cast('2025-07-01' as date) then step_date end as step_date
    from steps
),

numbered as (
    select
        row_number() over (order by known_from, view_code, agency_key) as step_no,
        viewed.view_code, viewed.known_from, viewed.known_to, viewed.agency_key, viewed.next_key, viewed.step_date
    from viewed
)

select * from numbered
