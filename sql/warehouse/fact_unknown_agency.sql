-- One row per agency name that no list of agencies explains, for review: nothing is guessed, its tasks stay counted under key 0.
-- kind: table
-- key: source_key, agency_name_key
-- The row that a task's facts come from is found by its place in its load: of a chain it is another task's.
with unresolved as (
    select task.source_key, task.agency_name_key, task.load_key, fact_task.assigned_date
    from warehouse.fact_task
    join raw.task
        on fact_task.load_key = task.load_key
        and fact_task.row_no = task.row_no
    where fact_task.agency_key = 0 and task.agency_name_key is not null
),

named as (
    select
        unresolved.source_key, unresolved.agency_name_key, agency_name.agency_name, unresolved.assigned_date
    from unresolved
    join raw.agency_name
        on unresolved.agency_name_key = agency_name.agency_name_key
        and unresolved.load_key = agency_name.load_key
),

counted as (
    select
        source_key,
        agency_name_key,
        max(agency_name) as agency_name,
        cast(count(*) as integer) as task_count,
        min(assigned_date) as first_assigned_date,
        max(assigned_date) as last_assigned_date
    from named
    group by source_key, agency_name_key
)

select * from counted
