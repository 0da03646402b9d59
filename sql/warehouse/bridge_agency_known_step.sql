-- One row per timespan in which less was known, view and agency version, with the one that its tasks went to next as the lists of then say.
-- kind: table
-- key: step_no
-- What bridge_agency_step is for what is known now. Numbered, so that steps are followed by one number (bridge_agency_view says why).
with days as (
    select known_from
    from staging.agency_knowledge_day
    where known_to < cast('9999-12-31' as date)
),

versions as (
    select
        days.known_from, agency_known.version_key as agency_key, agency_known.valid_to,
        lead(agency_known.version_key) over (
            partition by days.known_from, agency_known.agency_code
            order by agency_known.valid_from
        ) as next_version_key
    from days
    join staging.agency_known
        on days.known_from >= agency_known.known_from
        and days.known_from < agency_known.known_to
),

receivers as (
    select
        days.known_from, succession.from_agency_key, min(succession.to_agency_key) as to_agency_key,
        min(succession.effective_date) as effective_date
    from days
    join warehouse.bridge_agency_succession as succession
        on days.known_from >= succession.known_from
        and days.known_from < succession.known_to
    where succession.weight = 1
    group by days.known_from, succession.from_agency_key
),

steps as (
    select
        versions.known_from, versions.agency_key,
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
    select 'as_is' as view_code, known_from, agency_key, next_key, step_date
    from steps
    union all
    select
        'panel' as view_code, known_from, agency_key,
        case when step_date <= cast('2025-07-01' as date) then next_key else agency_key end as next_key,
        case when step_date <= cast('2025-07-01' as date) then step_date end as step_date
    from steps
),

numbered as (
    select
        row_number() over (order by known_from, view_code, agency_key) as step_no,
        viewed.view_code, viewed.known_from, viewed.agency_key, viewed.next_key, viewed.step_date
    from viewed
)

select * from numbered
