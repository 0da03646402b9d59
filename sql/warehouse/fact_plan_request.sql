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

judged as (
    select
        requests.plan_request_key,
        requests.load_key,
        requests.source_key,
        coalesce(requests.province_key, 0) as province_key,
        coalesce(agency_name_day.agency_key, 0) as agency_key,
        coalesce(requests.document_key, 0) as document_key,
        requests.request_code,
        requests.request_text,
        requests.plan_text,
        requests.overdue_year,
        requests.requested_date,
        requests.due_date,
        requests.overdue_date,
        requests.received_date,
        case
            when requests.due_at is not null and requests.received_at is not null
                then case when requests.received_at <= requests.due_at then requests.received_date end
            when requests.received_date <= requests.due_date then requests.received_date
        end as in_time_date
    from requests
    left join staging.agency_name_day
        on requests.agency_name_key = agency_name_day.agency_name_key
        and requests.requested_date >= agency_name_day.valid_from
        and requests.requested_date < agency_name_day.valid_to
)

select * from judged
