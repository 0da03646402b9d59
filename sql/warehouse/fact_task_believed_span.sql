-- One row per task, span and stretch of knowledge in which it was believed, for tasks that more than one extract changed.
-- kind: table
-- key: task_key, valid_from, known_from
-- slice: task_key
-- A span that the next extract tells alike goes on being known; what that extract corrects ends on its day.
with newest as (
    select task_key, known_from, known_to, telling_no
    from staging.task_knowledge
    where known_to = cast('9999-12-31' as date)
),

tellings as (
    select known_from, known_to, telling_no, task_key,
        source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key, lifecycle_code,
        is_open, is_completed, is_withdrawn, has_deadline, is_late, assigned_date, due_date, overdue_from,
        judged_date, completed_date, valid_from, valid_to
    from warehouse.fact_task_known_span
    union all
    select newest.known_from, newest.known_to, newest.telling_no, newest.task_key,
        fact_task_span.source_key, fact_task_span.province_key, fact_task_span.agency_key, fact_task_span.task_kind_key,
        fact_task_span.assigner_level_key, fact_task_span.programme_key, fact_task_span.lifecycle_code, fact_task_span.is_open,
        fact_task_span.is_completed, fact_task_span.is_withdrawn, fact_task_span.has_deadline, fact_task_span.is_late,
        fact_task_span.assigned_date, fact_task_span.due_date, fact_task_span.overdue_from, fact_task_span.judged_date,
        fact_task_span.completed_date, fact_task_span.valid_from, fact_task_span.valid_to
    from newest
    join warehouse.fact_task_span on newest.task_key = fact_task_span.task_key
),

-- Equal spans of successive tellings are one: the numbers of their tellings less their own order stay the same.
ranked as (
    select
        tellings.*,
        telling_no - row_number() over (
            partition by task_key,
                source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key,
                lifecycle_code, is_open, is_completed, is_withdrawn, has_deadline, is_late, assigned_date, due_date,
                overdue_from, judged_date, completed_date, valid_from, valid_to
            order by telling_no
        ) as stretch_no
    from tellings
),

stretches as (
    select
        task_key,
        source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key, lifecycle_code,
        is_open, is_completed, is_withdrawn, has_deadline, is_late, assigned_date, due_date, overdue_from,
        judged_date, completed_date, valid_from, valid_to,
        min(known_from) as known_from, max(known_to) as known_to
    from ranked
    group by
        task_key, stretch_no,
        source_key, province_key, agency_key, task_kind_key, assigner_level_key, programme_key, lifecycle_code,
        is_open, is_completed, is_withdrawn, has_deadline, is_late, assigned_date, due_date, overdue_from,
        judged_date, completed_date, valid_from, valid_to
)

select * from stretches
