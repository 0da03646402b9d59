-- One row per event that a later extract told otherwise than the one before it: another day, lifecycle, deadline or agency.
-- kind: table
-- key: event_key, known_date
-- slice: task_key
with rewritten as (
    select event_key
    from raw.task_event_superseded
    group by event_key
),

deliveries as (
    select
        task_event.event_key, coalesce(task_chain.root_key, task_event.task_key) as task_key, task_event.load_key,
        task_event.source_key, task_event.agency_name_key, task_event.event_code,
        coalesce(task_event.lifecycle_code, '') as lifecycle_code, task_event.event_date, task_event.due_date,
        coalesce(batch.extract_date, cast('1900-01-01' as date)) as known_date,
        row_number() over (
            partition by task_event.event_key, coalesce(batch.extract_date, cast('1900-01-01' as date))
            order by task_event.load_key desc
        ) as recency
    from rewritten
    join raw.task_event on rewritten.event_key = task_event.event_key
    join raw.batch on task_event.load_key = batch.load_key
    left join staging.task_chain on task_event.task_key = task_chain.task_key
),

compared as (
    select
        deliveries.*,
        lag(event_date) over (partition by event_key order by known_date) as was_event_date,
        lag(due_date) over (partition by event_key order by known_date) as was_due_date,
        lag(lifecycle_code) over (partition by event_key order by known_date) as was_lifecycle_code,
        lag(coalesce(agency_name_key, 0)) over (partition by event_key order by known_date) as was_agency_name_key
    from deliveries
    where recency = 1
),

changed as (
    select
        compared.event_key,
        compared.task_key,
        compared.load_key,
        compared.source_key,
        coalesce(fact_task.province_key, 0) as province_key,
        coalesce(fact_task.agency_key, 0) as agency_key,
        compared.event_code,
        compared.was_lifecycle_code,
        compared.lifecycle_code,
        compared.was_due_date,
        compared.due_date,
        compared.was_event_date,
        compared.event_date,
        compared.known_date
    from compared
    left join warehouse.fact_task on compared.task_key = fact_task.task_key
    where compared.was_event_date is not null
        and (compared.was_event_date <> compared.event_date
            or compared.was_lifecycle_code <> compared.lifecycle_code
            or compared.was_agency_name_key <> coalesce(compared.agency_name_key, 0)
            or coalesce(compared.was_due_date, cast('1900-01-01' as date))
                <> coalesce(compared.due_date, cast('1900-01-01' as date)))
)

select * from changed
