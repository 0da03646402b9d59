-- One row per agency that was asked for a plan on what it has overdue: the last day, when the plan came, and who sent none by then.
-- kind: report
-- key: request_code
-- order: requested_date, plan_code, agency_name
-- title: Đơn vị chưa gửi báo cáo, đề xuất phương án đúng hạn | Plans asked for, and who sent none by the date
-- parameter as_of: day = newest | As known at the end of this day
-- parameter from: day = 1900-01-01 | First day of the requests shown
-- parameter province: province = | Province; every one where none is named
-- parameter agency: agency = | Agency; every one where none is named
-- parameter shown: every / not_in_time = every | All requests, or those whose plan did not come by the date: the list for the regular meeting
-- Letter 1204/UBND-KSTT (S0-10, S0-11): "before 24 March" means that the 23rd is the last day; people decide what follows.
with requests as (
    select
        province_key, agency_key, request_code, document_key, overdue_year, requested_date, due_date, received_date,
        in_time_date
    from warehouse.fact_plan_request
    where requested_date <= {as_of}
        and requested_date >= {from}
        and {in scope}
        and {in province}
        and {in agency}
),

judged as (
    select
        dim_province.province_name,
        dim_agency.agency_name,
        requests.request_code,
        dim_document.document_number,
        requests.overdue_year,
        requests.requested_date,
        requests.due_date as last_date,
        case when requests.received_date <= {as_of} then requests.received_date end as received_date,
        case
            when requests.in_time_date <= {as_of} then 'in_time'
            when requests.received_date <= {as_of} then 'late'
            when requests.due_date >= {as_of} then 'awaited'
            else 'missing'
        end as plan_code
    from requests
    join warehouse.dim_province on requests.province_key = dim_province.province_key
    join warehouse.dim_agency on requests.agency_key = dim_agency.agency_key
    left join warehouse.dim_document on requests.document_key = dim_document.document_key
),

shown as (
    select *
    from judged
    where {shown} = 'every' or plan_code in ('late', 'missing')
)

select * from shown
