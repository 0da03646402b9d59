-- One row per task and flow event: the day on which it came into the backlog of an agency or left it, and how.
-- kind: table
-- key: task_key, flow_date, flow_code, agency_key
-- slice: task_key
-- replaced: changed
-- new, reopened and transferred_in add one to the agency's open tasks; completed, withdrawn and transferred_out take one away.
-- Told by two successive spans, so what happened and was undone within one day leaves no flow. A task completed or withdrawn on
-- the day of its assignment came and went; one that was transferred or deleted on it was in nobody's backlog at any day's end.
with spans as (
    select
        task_key, source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key,
        lifecycle_code, is_open, is_completed, is_withdrawn, has_deadline, is_late, assigned_date, due_date, valid_from, valid_to
    from warehouse.fact_task_state
    where is_open = 1 or is_completed = 1 or is_withdrawn = 1 or lifecycle_code in ('deleted', 'transferred')
),

-- Spans of a task follow each other without a gap, which is checked: the earlier one ends where this one begins.
compared as (
    select spans.*, earlier.is_open as earlier_is_open, earlier.agency_key as earlier_agency_key
    from spans
    left join spans as earlier on spans.task_key = earlier.task_key and spans.valid_from = earlier.valid_to
),

changed as (
    select
        compared.*,
        case when earlier_is_open = 1 and earlier_agency_key <> agency_key then 1 else 0 end as is_moved,
        case
            when is_open = 0 and earlier_is_open = 1 then 1
            when earlier_is_open is null and (is_completed = 1 or is_withdrawn = 1) then 1
            else 0
        end as is_closed
    from compared
    where is_open = 1 or earlier_is_open = 1 or earlier_is_open is null
),

-- A span may tell three flows at once: out of one agency, into another, and closed there.
turns as (
    select 1 as turn_no
    union all
    select 2 as turn_no
    union all
    select 3 as turn_no
),

told as (
    select
        changed.task_key, changed.source_key, changed.province_key,
        case when turns.turn_no = 1 then changed.earlier_agency_key else changed.agency_key end as agency_key,
        changed.task_kind_key, changed.assigner_level_key, changed.programme_key,
        case
            when turns.turn_no = 1 and changed.is_moved = 1 then 'transferred_out'
            when turns.turn_no = 2 and changed.is_moved = 1 then 'transferred_in'
            when turns.turn_no = 2 and changed.earlier_is_open is null and (changed.is_open = 1 or changed.is_closed = 1)
                then 'new'
            when turns.turn_no = 2 and changed.is_open = 1 and changed.earlier_is_open = 0 then 'reopened'
            when turns.turn_no = 3 and changed.is_closed = 1 and changed.is_completed = 1 then 'completed'
            when turns.turn_no = 3 and changed.is_closed = 1 and changed.lifecycle_code = 'transferred' then 'transferred_out'
            when turns.turn_no = 3 and changed.is_closed = 1 then 'withdrawn'
        end as flow_code,
        changed.lifecycle_code, changed.has_deadline, changed.is_late, changed.assigned_date, changed.due_date,
        changed.valid_from as flow_date
    from changed
    cross join turns
),

-- A task that goes on with another unit's was not new: it came from there.
flows as (
    select
        told.task_key,
        told.source_key,
        told.province_key,
        told.agency_key,
        told.task_kind_key,
        told.assigner_level_key,
        told.programme_key,
        case
            when told.flow_code = 'new' and bridge_task_taken_over.task_key is not null then 'transferred_in'
            else told.flow_code
        end as flow_code,
        told.lifecycle_code,
        fn.days_between(told.assigned_date, told.flow_date) as age_days,
        told.has_deadline,
        told.is_late,
        told.assigned_date,
        told.due_date,
        told.flow_date
    from told
    left join warehouse.bridge_task_taken_over on told.task_key = bridge_task_taken_over.task_key
    where told.flow_code is not null
)

select * from flows
