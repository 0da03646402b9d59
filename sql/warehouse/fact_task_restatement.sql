-- One row per task, day of knowledge and part of its past that an extract told otherwise than those before it, and thing restated.
-- kind: table
-- key: task_key, known_date, change_code, valid_date
-- slice: task_key
-- Restated is a day that an earlier extract of the source had reached (told_until_date): what happened since then is news and no
-- correction. change_code: lifecycle, deadline, agency, programme, assignment, report (when it was reported done, or whether late).
with horizons as (
    select
        source_key, extract_date as known_date,
        lag(extract_date) over (partition by source_key order by extract_date) as told_until_date
    from warehouse.dim_load
    where record_code like 'task%'
    group by source_key, extract_date
),

-- A span that is believed no more, and those that take its days over from the same extract on.
pieces as (
    select
        earlier.task_key, earlier.source_key, later.province_key, earlier.agency_key as was_agency_key, later.agency_key,
        earlier.programme_key as was_programme_key, later.programme_key,
        earlier.lifecycle_code as was_lifecycle_code, later.lifecycle_code,
        earlier.is_late as was_late, later.is_late, earlier.assigned_date as was_assigned_date, later.assigned_date,
        earlier.due_date as was_due_date, later.due_date, earlier.judged_date as was_judged_date, later.judged_date,
        case when earlier.valid_from > later.valid_from then earlier.valid_from else later.valid_from end as valid_date,
        case when earlier.valid_to < later.valid_to then earlier.valid_to else later.valid_to end as valid_to_date,
        horizons.told_until_date, later.known_from as known_date
    from warehouse.fact_task_believed_span as earlier
    join warehouse.fact_task_believed_span as later
        on earlier.task_key = later.task_key
        and earlier.known_to = later.known_from
        and earlier.valid_from < later.valid_to
        and earlier.valid_to > later.valid_from
    join horizons on earlier.source_key = horizons.source_key and later.known_from = horizons.known_date
    where earlier.valid_from <= horizons.told_until_date and later.valid_from <= horizons.told_until_date
),

turns as (
    select 1 as turn_no union all select 2 as turn_no union all select 3 as turn_no
    union all select 4 as turn_no union all select 5 as turn_no union all select 6 as turn_no
),

judged as (
    select
        pieces.*,
        case
            when turns.turn_no = 1 and was_lifecycle_code <> lifecycle_code then 'lifecycle'
            when turns.turn_no = 2 and coalesce(was_due_date, cast('1900-01-01' as date))
                <> coalesce(due_date, cast('1900-01-01' as date)) then 'deadline'
            when turns.turn_no = 3 and was_agency_key <> agency_key then 'agency'
            when turns.turn_no = 4 and was_programme_key <> programme_key then 'programme'
            when turns.turn_no = 5 and was_assigned_date <> assigned_date then 'assignment'
            when turns.turn_no = 6 and was_lifecycle_code = lifecycle_code and lifecycle_code in ('completed', 'awaiting_confirmation')
                and (was_late <> is_late or coalesce(was_judged_date, cast('1900-01-01' as date))
                    <> coalesce(judged_date, cast('1900-01-01' as date))) then 'report'
        end as change_code
    from pieces
    cross join turns
),

changed as (
    select *
    from judged
    where change_code is not null
),

restated as (
    select
        changed.task_key, task_knowledge.load_key, changed.source_key, changed.province_key, changed.was_agency_key,
        changed.agency_key, changed.was_programme_key, changed.programme_key, changed.change_code,
        changed.was_lifecycle_code, changed.lifecycle_code, changed.was_assigned_date, changed.assigned_date,
        changed.was_due_date, changed.due_date, changed.was_judged_date, changed.judged_date, changed.valid_date,
        case
            when changed.valid_to_date > changed.told_until_date then fn.add_days(changed.told_until_date, 1)
            else changed.valid_to_date
        end as valid_to_date,
        changed.told_until_date, changed.known_date
    from changed
    left join staging.task_knowledge
        on changed.task_key = task_knowledge.task_key
        and changed.known_date = task_knowledge.known_from
)

select * from restated
