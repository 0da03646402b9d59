-- One row per task and timespan told by the dates in the task's own row, for tasks whose source keeps no history.
-- kind: view
-- key: task_key, valid_from
with plain as (
    select
        task_key, source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key,
        lifecycle_code, is_sub_task, assigned_date, due_date, overdue_date, reported_date, completed_date,
        due_at, reported_at, completed_at, extract_date,
        case
            when lifecycle_code = 'completed' then coalesce(completed_date, reported_date, extract_date)
            -- Withdrawn on a day that nobody told: by its deadline, for a withdrawn task is held overdue by nobody.
            when lifecycle_code in ('withdrawn', 'recalled') and due_date < extract_date
                then coalesce(withdrawn_date, completed_date, due_date)
            when lifecycle_code in ('withdrawn', 'recalled', 'deleted', 'transferred')
                then coalesce(withdrawn_date, completed_date, extract_date)
            else cast('9999-12-31' as date)
        end as told_closed_date,
        case
            when lifecycle_code = 'awaiting_confirmation' then coalesce(reported_date, extract_date)
            when requires_confirmation = 1 and lifecycle_code = 'completed'
                then coalesce(reported_date, cast('9999-12-31' as date))
            else cast('9999-12-31' as date)
        end as told_reported_date
    from warehouse.fact_task
    where has_state_events = 0
),

-- A closing before the assignment closes on the day of assignment; a report after the closing adds no span.
bounded as (
    select
        plain.*,
        case when told_closed_date < assigned_date then assigned_date else told_closed_date end as closed_date,
        case
            when told_reported_date < assigned_date then assigned_date
            when told_reported_date <= told_closed_date then told_reported_date
            when told_closed_date < assigned_date then assigned_date
            else told_closed_date
        end as awaiting_date
    from plain
),

-- A span before its report knows nothing of it, so that it is told alike before and after the report came.
open_spans as (
    select
        task_key, source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key,
        case
            when lifecycle_code in ('completed', 'withdrawn', 'recalled', 'deleted', 'transferred',
                'awaiting_confirmation') then 'in_progress'
            else lifecycle_code
        end as lifecycle_code,
        is_sub_task, assigned_date, due_date, overdue_date, assigned_date as valid_from,
        case when awaiting_date < closed_date then awaiting_date else closed_date end as valid_to,
        cast(null as date) as judged_date, cast(null as date) as completed_date, due_at, case when 1 = 0 then reported_at end as judged_at,
        extract_date
    from bounded
    where assigned_date < awaiting_date and assigned_date < closed_date
),

awaiting_spans as (
    select
        task_key, source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key,
        'awaiting_confirmation' as lifecycle_code, is_sub_task, assigned_date, due_date, overdue_date,
        awaiting_date as valid_from, closed_date as valid_to, coalesce(reported_date, awaiting_date) as judged_date,
        cast(null as date) as completed_date, due_at, reported_at as judged_at, extract_date
    from bounded
    where awaiting_date < closed_date
),

closed_spans as (
    select
        task_key, source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key,
        lifecycle_code, is_sub_task, assigned_date, due_date, overdue_date, closed_date as valid_from,
        cast('9999-12-31' as date) as valid_to, coalesce(reported_date, completed_date, closed_date) as judged_date,
        case when lifecycle_code = 'completed' then closed_date end as completed_date, due_at,
        case when reported_date is null then completed_at else reported_at end as judged_at, extract_date
    from bounded
    where closed_date < cast('9999-12-31' as date)
),

spans as (
    select * from open_spans
    union all
    select * from awaiting_spans
    union all
    select * from closed_spans
)

select * from spans
