-- One row per task, knowledge of it that a later extract changed, and span: how it stood in the eyes of the earlier extract.
-- kind: replay
-- key: task_key, known_from, valid_from
-- Replayed for each day of known_from, with what extracts up to that day had told and today's definitions.
with spans as (
    select task_knowledge.known_from, task_knowledge.known_to, task_knowledge.telling_no, fact_task_span.*
    from staging.task_knowledge
    join warehouse.fact_task_span on task_knowledge.task_key = fact_task_span.task_key
    where task_knowledge.known_from = (select extract_date from raw.replayed_day)
)

select * from spans
