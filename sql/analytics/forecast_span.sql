-- One row per task and span in which it was open, by the days on which that was seen: since when it stood where, and how it left.
-- kind: view
-- key: task_key, valid_from
-- Seen: on the extract that told it, or when it happened where the first extract of the task told it. exit_code: closed, extended
-- (the deadline moved on), left (anything else, as a hand-over), or none while it lasts.
with spans as (
    select
        fact_task_state.task_key, fact_task_state.source_key, fact_task_state.province_key, fact_task_state.agency_key,
        fact_task_state.is_open, fact_task_state.has_deadline, fact_task_state.assigned_date, fact_task_state.overdue_from,
        fact_task_state.valid_from,
        case
            when fact_task_state.known_from <= risk_first_telling.first_known_from or fact_task_state.known_from <= fact_task_state.valid_from
                then fact_task_state.valid_from
            else fact_task_state.known_from
        end as seen_from
    from warehouse.fact_task_state
    join analytics.risk_first_telling on fact_task_state.task_key = risk_first_telling.task_key
),

followed as (
    select
        spans.*,
        lead(seen_from) over (partition by task_key order by valid_from) as seen_to,
        lead(is_open) over (partition by task_key order by valid_from) as next_is_open,
        lead(overdue_from) over (partition by task_key order by valid_from) as next_overdue_from
    from spans
),

open_spans as (
    select
        task_key, source_key, province_key, agency_key, valid_from, seen_from,
        coalesce(seen_to, cast('9999-12-31' as date)) as seen_to,
        case when has_deadline = 0 then 'none' when overdue_from >= cast('9999-12-31' as date) then 'waiting' else 'due' end as class_code,
        case
            when has_deadline = 0 then assigned_date
            when overdue_from >= cast('9999-12-31' as date) then valid_from
            else overdue_from
        end as zero_date,
        case
            when next_is_open is null then 'none'
            when next_is_open = 0 then 'closed'
            when has_deadline = 1 and overdue_from < cast('9999-12-31' as date) and next_overdue_from > overdue_from then 'extended'
            else 'left'
        end as exit_code
    from followed
    where is_open = 1
)

select * from open_spans
