-- One row per task and timespan in which its lifecycle, deadline and agency did not change (half-open days), as known now.
-- kind: table
-- key: task_key, valid_from
-- slice: task_key
-- sorted: valid_to, valid_from
-- valid_from <= day < valid_to is the state at the end of the day. known_from is the day of the extract that told it so.
with settled as (
    select task_key, valid_from, known_from
    from warehouse.fact_task_believed_span
    where known_to = cast('9999-12-31' as date)
),

states as (
    select
        fact_task_span.task_key, fact_task_span.source_key, fact_task_span.province_key, fact_task_span.agency_key,
        fact_task_span.task_kind_key, fact_task_span.assigner_level_key, fact_task_span.programme_key,
        fact_task_span.lifecycle_code, fact_task_span.is_open, fact_task_span.is_completed,
        fact_task_span.is_withdrawn, fact_task_span.has_deadline, fact_task_span.is_late,
        fact_task_span.assigned_date, fact_task_span.due_date, fact_task_span.overdue_from,
        fact_task_span.judged_date, fact_task_span.completed_date, fact_task_span.valid_from,
        fact_task_span.valid_to,
        coalesce(settled.known_from, fact_task_span.extract_date, cast('1900-01-01' as date)) as known_from,
        cast('9999-12-31' as date) as known_to
    from warehouse.fact_task_span
    left join settled
        on fact_task_span.task_key = settled.task_key
        and fact_task_span.valid_from = settled.valid_from
)

select * from states
