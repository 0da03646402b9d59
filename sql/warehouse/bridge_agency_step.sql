-- One row per timespan of knowledge, view and agency version whose tasks go on elsewhere: the version that they go to next, as the lists of then say.
-- kind: table
-- key: step_no
-- Next: its own unit's next version, or the unit that took over. next_no is the step that leads on from there; the last one names itself.
-- What is known now has the open known_to.
-- Numbered, so that steps are followed by one number: PostgreSQL takes rows that two columns join for ever fewer, in the end for one, and then
-- compares every row with every other (190 agencies: minutes).
with versions as (
    select
        days.known_from, days.known_to, agency_known.version_key as agency_key, agency_known.valid_to,
        lead(agency_known.version_key) over (
            partition by days.known_from, agency_known.agency_code
            order by agency_known.valid_from
        ) as next_version_key
    from staging.agency_knowledge_day as days
    join staging.agency_known
        on days.source_key = agency_known.source_key
        and days.known_from >= agency_known.known_from
        and days.known_from < agency_known.known_to
),

receivers as (
    select
        versions.known_from, succession.from_agency_key, min(succession.to_agency_key) as to_agency_key,
        min(succession.effective_date) as effective_date
    from versions
    join warehouse.bridge_agency_succession as succession
        on versions.agency_key = succession.from_agency_key
        and versions.known_from >= succession.known_from
        and versions.known_from < succession.known_to
    where succession.weight = 1
    group by versions.known_from, succession.from_agency_key
),

steps as (
    select
        versions.known_from, versions.known_to, versions.agency_key,
        coalesce(versions.next_version_key, receivers.to_agency_key) as next_key,
        case
            when versions.next_version_key is not null then versions.valid_to
            else receivers.effective_date
        end as step_date
    from versions
    left join receivers
        on versions.known_from = receivers.known_from
        and versions.agency_key = receivers.from_agency_key
),

-- Whose tasks stay, or would go to a unit that no list of then names, has no step.
moving as (
    select steps.*
    from steps
    join versions
        on steps.next_key = versions.agency_key
        and steps.known_from = versions.known_from
    where steps.next_key <> steps.agency_key
),

viewed as (
    select 'as_is' as view_code, known_from, known_to, agency_key, next_key, step_date
    from moving
    union all
    select 'panel' as view_code, known_from, known_to, agency_key, next_key, step_date
    from moving
    where step_date <= cast('2025-07-01' as date)
),

numbered as (
    select
        row_number() over (order by known_from, view_code, agency_key) as step_no,
        viewed.view_code, viewed.known_from, viewed.known_to, viewed.agency_key, viewed.next_key, viewed.step_date
    from viewed
),

linked as (
    select here.*, coalesce(there.step_no, here.step_no) as next_no
    from numbered as here
    left join numbered as there
        on here.next_key = there.agency_key
        and here.known_from = there.known_from
        and here.view_code = there.view_code
)

select * from linked
