-- One row per task, knowledge of it that a later extract changed, and span: how it stood in the eyes of the earlier extract.
-- kind: replay
-- key: task_key, known_from, valid_from
-- slice: task_key
-- Replayed for each day of known_from, with what extracts up to that day had told and today's definitions.
with spans as (
    select
        task_knowledge.known_from, task_knowledge.known_to, task_knowledge.telling_no, fact_task_span.task_key,
        fact_task_span.source_key, fact_task_span.province_key, fact_task_span.agency_key, fact_task_span.task_kind_key,
        fact_task_span.assigner_level_key, fact_task_span.programme_key, fact_task_span.lifecycle_code,
        fact_task_span.is_open, fact_task_span.is_completed, fact_task_span.is_withdrawn, fact_task_span.has_deadline,
        fact_task_span.is_late, fact_task_span.assigned_date, fact_task_span.due_date, fact_task_span.overdue_from,
        fact_task_span.judged_date, fact_task_span.completed_date, fact_task_span.valid_from, fact_task_span.valid_to
    from staging.task_knowledge
    join warehouse.fact_task_span on task_knowledge.task_key = fact_task_span.task_key
    where task_knowledge.known_from = (select extract_date from raw.replayed_day)
)

select * from spans
