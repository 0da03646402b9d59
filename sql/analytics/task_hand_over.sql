-- One row per hand-over of a task from one unit to another: within one task by an event, or from a task that was closed to the one that goes on.
-- kind: table
-- key: from_task_key, to_task_key, handed_over_date
-- The deadline travels with the task (DOMAIN.md 3.4): is_deadline_kept says whether the deadline in force is the same after it.
with moved as (
    select
        fact_task_event.task_key, fact_task_event.event_date, max(fact_task_event.row_no) as row_no,
        max(fact_task_event.due_date) as told_due_date
    from warehouse.fact_task_event
    where fact_task_event.event_code = 'handed_over' and fact_task_event.is_orphan = 0
    group by fact_task_event.task_key, fact_task_event.event_date
),

-- The span of the day before tells the old unit and its deadline, that of the day itself the new ones.
within_tasks as (
    select
        moved.task_key as from_task_key, moved.task_key as to_task_key, after_span.source_key,
        coalesce(before_span.agency_key, after_span.agency_key) as from_agency_key,
        after_span.agency_key as to_agency_key, 0 as is_linked, after_span.assigned_date,
        moved.event_date as handed_over_date,
        case when before_span.task_key is null then after_span.due_date else before_span.due_date end as from_due_date,
        after_span.due_date as to_due_date
    from moved
    join warehouse.fact_task_state as after_span
        on moved.task_key = after_span.task_key
        and moved.event_date >= after_span.valid_from
        and moved.event_date < after_span.valid_to
    left join warehouse.fact_task_state as before_span
        on moved.task_key = before_span.task_key
        and fn.add_days(moved.event_date, -1) >= before_span.valid_from
        and fn.add_days(moved.event_date, -1) < before_span.valid_to
),

links as (
    select task_key, from_task_key
    from warehouse.bridge_task_taken_over
),

-- Each end of a link by itself, so that the two tasks may lie on different machines of a cluster.
handing as (
    select links.task_key, links.from_task_key, fact_task.agency_key, fact_task.assigned_date, fact_task.due_date
    from links
    join warehouse.fact_task on links.from_task_key = fact_task.task_key
),

taking as (
    select
        links.task_key, links.from_task_key, fact_task.source_key, fact_task.agency_key, fact_task.assigned_date,
        fact_task.due_original_date
    from links
    join warehouse.fact_task on links.task_key = fact_task.task_key
),

between_tasks as (
    select
        handing.from_task_key, taking.task_key as to_task_key, taking.source_key,
        handing.agency_key as from_agency_key, taking.agency_key as to_agency_key, 1 as is_linked,
        handing.assigned_date, taking.assigned_date as handed_over_date, handing.due_date as from_due_date,
        taking.due_original_date as to_due_date
    from handing
    join taking on handing.task_key = taking.task_key and handing.from_task_key = taking.from_task_key
),

hand_overs as (
    select * from within_tasks
    union all
    select * from between_tasks
),

judged as (
    select
        hand_overs.*,
        case
            when coalesce(from_due_date, cast('1900-01-01' as date)) = coalesce(to_due_date, cast('1900-01-01' as date))
                then 1
            else 0
        end as is_deadline_kept
    from hand_overs
)

select * from judged
