-- One row per task that is open in a unit that has closed, and that nobody was recorded to have taken over (letter S3-13).
-- kind: table
-- key: task_key
-- Closed: on the day of the source's newest extract of tasks, by the list or by a succession. Where a source records no
-- hand-overs and the successor has the same name in the same province, its rows cannot tell the two: nothing is said of those.
with extracts as (
    select source_key, max(extract_date) as newest_date
    from warehouse.dim_load
    where record_code like 'task%'
    group by source_key
),

recording as (
    select source_key
    from analytics.task_hand_over
    group by source_key
),

ends as (
    select
        dim_agency.agency_key,
        case
            when bridge_agency_step.step_date < dim_agency.valid_to then bridge_agency_step.step_date
            else dim_agency.valid_to
        end as closed_date
    from warehouse.dim_agency
    left join warehouse.bridge_agency_step
        on dim_agency.agency_key = bridge_agency_step.agency_key
        and bridge_agency_step.view_code = 'as_is'
        and bridge_agency_step.known_to = cast('9999-12-31' as date)
),

open_tasks as (
    select
        fact_task_state.task_key, fact_task_state.source_key, fact_task_state.province_key,
        fact_task_state.agency_key, fact_task_state.lifecycle_code, fact_task_state.has_deadline,
        ends.closed_date, fact_task_state.assigned_date, fact_task_state.due_date, extracts.newest_date
    from warehouse.fact_task_state
    join extracts on fact_task_state.source_key = extracts.source_key
    join ends
        on fact_task_state.agency_key = ends.agency_key
        and ends.closed_date <= extracts.newest_date
    where fact_task_state.is_open = 1 and fact_task_state.valid_to = cast('9999-12-31' as date)
),

-- successor_key: the unit that has such tasks today; the unit itself where none was named as the main one.
followed as (
    select
        open_tasks.*, bridge_agency_view.shown_agency_key as successor_key,
        case
            when recording.source_key is not null then 1
            when bridge_agency_view.shown_agency_key = open_tasks.agency_key then 1
            when successor.agency_name <> agency.agency_name then 1
            when successor_province.province_name <> agency_province.province_name then 1
            else 0
        end as is_told_apart
    from open_tasks
    join warehouse.dim_agency as agency on open_tasks.agency_key = agency.agency_key
    join warehouse.dim_province as agency_province on agency.province_key = agency_province.province_key
    join warehouse.bridge_agency_view
        on open_tasks.agency_key = bridge_agency_view.agency_key
        and bridge_agency_view.view_code = 'as_is'
    join warehouse.dim_agency as successor on bridge_agency_view.shown_agency_key = successor.agency_key
    join warehouse.dim_province as successor_province on successor.province_key = successor_province.province_key
    left join recording on open_tasks.source_key = recording.source_key
),

listed as (
    select
        task_key, source_key, province_key, agency_key, successor_key, lifecycle_code, has_deadline,
        closed_date, assigned_date, due_date, newest_date
    from followed
    where is_told_apart = 1
)

select * from listed
