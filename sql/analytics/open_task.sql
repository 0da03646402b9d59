-- One row per task that is open as known now: what lists show of it, with its code, its title and the day of the newest word on it.
-- kind: table
-- key: task_key, valid_from
-- slice: task_key
-- The spans that have no end, of the tasks that are open in them: few beside all. So a list of today's tasks need not look
-- through the spans of ten years. Where a source tells in advance what will end a span, that one stands here too: of the newest
-- extract's day and of any later one these are all tasks that are open. valid_from and valid_to are those of the span.
-- Only of these tasks the spans are put beside each other: of those that stand open, and those of which something was told in advance.
with standing as (
    select task_key
    from warehouse.fact_task_state
    where (is_open = 1 and valid_to = cast('9999-12-31' as date)) or valid_from > known_from
    group by task_key
),

spans as (
    select
        fact_task_state.*,
        lead(valid_from) over (partition by task_key order by valid_from) as next_from,
        lead(known_from) over (partition by task_key order by valid_from) as next_known_from
    from warehouse.fact_task_state
    where task_key in (select task_key from standing)
),

open_states as (
    select
        task_key, source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key, lifecycle_code,
        is_open, is_completed, is_withdrawn, has_deadline, is_late,
        assigned_date, due_date, overdue_from, judged_date, completed_date, valid_from, valid_to
    from spans
    where is_open = 1 and (valid_to = cast('9999-12-31' as date) or next_from > next_known_from)
),

told as (
    select fact_task_event.task_key, max(fact_task_event.event_date) as told_date
    from warehouse.fact_task_event
    where fact_task_event.task_key in (select task_key from open_states)
    group by fact_task_event.task_key
),

open_tasks as (
    select open_states.*, task_text.task_code, task_text.title, told.told_date
    from open_states
    join warehouse.task_text on open_states.task_key = task_text.task_key
    left join told on open_states.task_key = told.task_key
)

select * from open_tasks
