-- One row per agency that was asked for a plan on what it has overdue: until when, and when the plan came.
-- kind: table
-- key: plan_request_key
-- due_date is the last day: "before 24 March" is the 23rd (S0-10). in_time_date is the day of a plan that came by then.
with requests as (
    select
        plan_request_key, load_key, source_key, agency_name_key, document_key, province_key, request_code, request_text,
        plan_text, overdue_year, requested_date, due_date, overdue_date, received_date, due_at, received_at
    from staging.plan_request
),

named as (
    select
        requests.*, agency_alias.agency_code,
        case when requests.requested_date < agency_alias.valid_from then agency_alias.valid_from else requests.requested_date end
            as agency_date
    from requests
    left join staging.agency_alias
        on requests.agency_name_key = agency_alias.agency_name_key
        and requests.requested_date >= agency_alias.understood_from
        and requests.requested_date < agency_alias.valid_to
),

judged as (
    select
        named.plan_request_key,
        named.load_key,
        named.source_key,
        coalesce(named.province_key, 0) as province_key,
        coalesce(dim_agency.agency_key, 0) as agency_key,
        coalesce(named.document_key, 0) as document_key,
        named.request_code,
        named.request_text,
        named.plan_text,
        named.overdue_year,
        named.requested_date,
        named.due_date,
        named.overdue_date,
        named.received_date,
        case
            when named.due_at is not null and named.received_at is not null
                then case when named.received_at <= named.due_at then named.received_date end
            when named.received_date <= named.due_date then named.received_date
        end as in_time_date
    from named
    left join warehouse.dim_agency
        on named.agency_code = dim_agency.agency_code
        and named.agency_date >= dim_agency.valid_from
        and named.agency_date < dim_agency.valid_to
)

select * from judged
