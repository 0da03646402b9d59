-- One row per task and deadline that fell while it was in force: whether the task was done then, and what was reported.
-- kind: table
-- key: task_key, due_date
-- Of sources that record reports at the deadline only, and up to each one's newest extract (S1-05, S1-06). The report of a
-- task that was done is the one that says so. Else it is the first report at the deadline or request for an extension that
-- names this deadline or none, and after the deadline also a report of completion.
with recording_sources as (
    select source_key
    from warehouse.fact_task_event
    where event_code = 'deadline_reported'
    group by source_key
),

known_until as (
    select dim_load.source_key, max(dim_load.extract_date) as extract_date
    from warehouse.dim_load
    join recording_sources on dim_load.source_key = recording_sources.source_key
    where dim_load.record_code like 'task%'
    group by dim_load.source_key
),

spans as (
    select
        task_key, fact_task_state.source_key, province_key, agency_key, lifecycle_code, is_open, is_completed, due_date,
        judged_date, valid_from, valid_to, known_until.extract_date
    from warehouse.fact_task_state
    join known_until on fact_task_state.source_key = known_until.source_key
    where has_deadline = 1 and (is_open = 1 or is_completed = 1)
),

set_deadlines as (
    select task_key, due_date, min(valid_from) as set_date
    from spans
    group by task_key, due_date
),

fallen as (
    select
        spans.task_key, spans.source_key, spans.province_key, spans.agency_key, spans.due_date, set_deadlines.set_date,
        case when is_completed = 1 or lifecycle_code = 'awaiting_confirmation' then 1 else 0 end as is_done,
        case
            when is_completed = 1 or lifecycle_code = 'awaiting_confirmation'
                then coalesce(judged_date, spans.due_date)
        end as done_date
    from spans
    join set_deadlines on spans.task_key = set_deadlines.task_key and spans.due_date = set_deadlines.due_date
    where spans.valid_from <= spans.due_date
        and spans.valid_to > spans.due_date
        and spans.due_date <= spans.extract_date
),

told as (
    select
        fallen.task_key, fallen.due_date, fact_task_event.event_date, fact_task_event.event_code,
        fact_task_event.due_date as asked_due_date, coalesce(fact_task_event_detail.has_plan, 0) as has_plan,
        row_number() over (
            partition by fallen.task_key, fallen.due_date
            order by fact_task_event.event_date, fact_task_event.rank_in_day, fact_task_event.event_key
        ) as told_no
    from fallen
    join warehouse.fact_task_event
        on fallen.task_key = fact_task_event.task_key
        and fact_task_event.event_date >= fallen.set_date
    left join warehouse.fact_task_event_detail
        on fact_task_event.event_key = fact_task_event_detail.event_key
        and fact_task_event.task_key = fact_task_event_detail.task_key
    where fallen.is_done = 0
        and (
            (fact_task_event.event_code in ('deadline_reported', 'extension_requested')
                and coalesce(fact_task_event.old_due_date, fallen.due_date) = fallen.due_date)
            or (fact_task_event.event_code = 'reported' and fact_task_event.event_date > fallen.due_date)
        )
),

reported as (
    select
        fallen.task_key,
        fallen.source_key,
        fallen.province_key,
        fallen.agency_key,
        case when fallen.is_done = 1 then 'reported' else told.event_code end as told_code,
        fallen.is_done,
        coalesce(told.has_plan, 0) as has_plan,
        case when told.event_code = 'reported' or told.asked_due_date is null then 0 else 1 end as has_asked_date,
        fallen.due_date,
        coalesce(fallen.done_date, told.event_date) as report_date,
        told.asked_due_date
    from fallen
    left join told
        on fallen.task_key = told.task_key and fallen.due_date = told.due_date and told.told_no = 1
)

select * from reported
