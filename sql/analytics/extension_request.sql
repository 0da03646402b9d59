-- One row per request for an extension: the deadline it came under, the date and plan it names, and when it was granted.
-- kind: table
-- key: event_key
-- slice: task_key
-- A request must name its plan and the date asked for (S1-06); granted is the next extension of the task from that day on.
with requests as (
    select
        fact_task_event.event_key, fact_task_event.task_key, fact_task_event.source_key, fact_task_event.province_key,
        fact_task_event.cause_code, fact_task_event.event_date as requested_date,
        fact_task_event.old_due_date, fact_task_event.due_date as asked_due_date,
        coalesce(fact_task_event_detail.has_plan, 0) as has_plan
    from warehouse.fact_task_event
    left join warehouse.fact_task_event_detail
        on fact_task_event.event_key = fact_task_event_detail.event_key
        and fact_task_event.task_key = fact_task_event_detail.task_key
    where fact_task_event.event_code = 'extension_requested'
),

grants as (
    select
        requests.event_key, requests.task_key, fact_task_event.event_date as granted_date,
        fact_task_event.due_date as granted_due_date,
        row_number() over (
            partition by requests.task_key, requests.event_key
            order by fact_task_event.event_date, fact_task_event.event_key
        ) as grant_no
    from requests
    join warehouse.fact_task_event
        on requests.task_key = fact_task_event.task_key
        and fact_task_event.event_date >= requests.requested_date
    where fact_task_event.event_code = 'extended' and fact_task_event.is_new_deadline = 1
),

joined as (
    select
        requests.event_key,
        requests.task_key,
        requests.source_key,
        requests.province_key,
        fact_task_state.agency_key,
        requests.cause_code,
        requests.has_plan,
        case when requests.asked_due_date is null then 0 else 1 end as has_asked_date,
        case when requests.requested_date > coalesce(requests.old_due_date, fact_task_state.due_date) then 1 else 0 end
            as is_after_deadline,
        requests.requested_date,
        coalesce(requests.old_due_date, fact_task_state.due_date) as old_due_date,
        requests.asked_due_date,
        grants.granted_date,
        grants.granted_due_date
    from requests
    join warehouse.fact_task_state
        on requests.task_key = fact_task_state.task_key
        and requests.requested_date >= fact_task_state.valid_from
        and requests.requested_date < fact_task_state.valid_to
    left join grants
        on requests.event_key = grants.event_key and requests.task_key = grants.task_key and grants.grant_no = 1
)

select * from joined
