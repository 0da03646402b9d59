-- One row per agency that was asked for a plan on what it has overdue, as it was delivered last.
-- kind: view
-- key: plan_request_key
with deliveries as (
    select
        plan_request.plan_request_key, plan_request.load_key, plan_request.source_key, plan_request.agency_name_key,
        plan_request.document_key, plan_request.province_key, plan_request.request_code, plan_request.request_text,
        plan_request.plan_text, plan_request.overdue_year, plan_request.requested_date, plan_request.due_date,
        plan_request.overdue_date, plan_request.received_date, plan_request.due_at, plan_request.received_at,
        row_number() over (
            partition by plan_request.plan_request_key
            order by
                coalesce(batch.extract_date, cast('1900-01-01' as date)) desc, plan_request.load_key,
                plan_request.row_no
        ) as recency
    from raw.plan_request
    join raw.batch on plan_request.load_key = batch.load_key
),

newest as (
    select
        plan_request_key, load_key, source_key, agency_name_key, document_key, province_key, request_code, request_text,
        plan_text, overdue_year, requested_date, due_date, overdue_date, received_date, due_at, received_at
    from deliveries
    where recency = 1
)

select * from newest
