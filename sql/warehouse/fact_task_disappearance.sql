-- One row per time that a task left the extracts of its source while it was open, or came back to them.
-- kind: table
-- key: task_key, delivery_no
-- slice: task_key
-- change_code: gone or reappeared. A task that left when it was closed was put away by its source and is not listed.
with deliveries as (
    select
        task_key, delivery_no, load_key, source_key, is_gone, state_code, extract_date,
        lag(is_gone) over (partition by task_key order by delivery_no) as earlier_is_gone,
        lag(state_code) over (partition by task_key order by delivery_no) as earlier_state_code
    from staging.task_delivery
),

turned as (
    select *
    from deliveries
    where earlier_is_gone <> is_gone
),

placed as (
    select
        turned.task_key,
        turned.delivery_no,
        turned.load_key,
        turned.source_key,
        coalesce(fact_task.province_key, 0) as province_key,
        coalesce(fact_task.agency_key, 0) as agency_key,
        case when turned.is_gone = 1 then 'gone' else 'reappeared' end as change_code,
        turned.earlier_state_code as was_lifecycle_code,
        turned.state_code as lifecycle_code,
        fact_task.assigned_date,
        fact_task.due_date,
        turned.extract_date as known_date
    from turned
    left join warehouse.fact_task on turned.task_key = fact_task.task_key
)

select * from placed
