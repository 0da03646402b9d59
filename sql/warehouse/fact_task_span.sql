-- One row per task and timespan in which its lifecycle, deadline and agency did not change, with what follows from them.
-- kind: step
-- key: task_key, valid_from
-- slice: task_key
-- A sub-task has spans but no flags: its parent counts.
with spans as (
    select * from warehouse.fact_task_plain_span
    union all
    select * from warehouse.fact_task_kept_span
),

-- On time is judged by the report, so that a slow confirmation does not make an agency late (DOMAIN.md 1.5).
judged as (
    select
        spans.*,
        case
            when due_date is null then 0
            when judged_at is not null and due_at is not null then case when judged_at > due_at then 1 else 0 end
            when judged_date > due_date then 1
            else 0
        end as is_judged_late,
        case
            when lifecycle_code in ('not_started', 'in_progress', 'awaiting_confirmation', 'returned', 'redo',
                'assignment_refused', 'suspended') then 1
            else 0
        end as is_open_lifecycle
    from spans
),

-- overdue_from: the first day at whose end the open task counts as overdue; none while a timely report awaits its answer.
flagged as (
    select
        task_key,
        source_key,
        province_key,
        agency_key,
        task_kind_key,
        assigner_level_key,
        programme_key,
        lifecycle_code,
        case when is_sub_task = 0 and is_open_lifecycle = 1 then 1 else 0 end as is_open,
        case when is_sub_task = 0 and lifecycle_code = 'completed' then 1 else 0 end as is_completed,
        case when is_sub_task = 0 and lifecycle_code in ('withdrawn', 'recalled') then 1 else 0 end as is_withdrawn,
        case when due_date is null then 0 else 1 end as has_deadline,
        case when is_open_lifecycle = 1 and lifecycle_code <> 'awaiting_confirmation' then 0 else is_judged_late end
            as is_late,
        assigned_date,
        due_date,
        case
            when lifecycle_code = 'awaiting_confirmation' and is_judged_late = 0 then cast('9999-12-31' as date)
            else coalesce(overdue_date, cast('9999-12-31' as date))
        end as overdue_from,
        judged_date,
        completed_date,
        valid_from,
        valid_to,
        extract_date
    from judged
)

select * from flagged
