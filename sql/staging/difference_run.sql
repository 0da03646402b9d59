-- One row per run of successive deliveries of a task that tell the same lifecycle, with the day on which it began.
-- kind: table
-- key: task_key, run_no
-- slice: task_key
-- A day that the source tells is believed, unless the task was seen open again after it; else it is that of the extract.
with compared as (
    select
        task_delivery.*,
        lag(state_code) over (partition by task_key order by delivery_no) as earlier_state_code,
        lag(extract_date) over (partition by task_key order by delivery_no) as earlier_extract_date
    from staging.task_delivery
),

numbered as (
    select
        compared.*,
        sum(case when earlier_state_code = state_code then 0 else 1 end)
            over (partition by task_key order by delivery_no rows unbounded preceding) as run_no
    from compared
),

bounds as (
    select
        task_key, run_no, min(delivery_no) as first_no, max(delivery_no) as last_no
    from numbered
    group by task_key, run_no
),

runs as (
    select
        bounds.task_key, bounds.run_no, bounds.first_no, bounds.last_no, firsts.load_key, firsts.source_key,
        firsts.row_no, firsts.extract_date, firsts.earlier_extract_date, firsts.earlier_state_code, lasts.state_code,
        lasts.requires_confirmation, lasts.assigned_date, lasts.reported_date, lasts.reported_at, lasts.due_date,
        case
            when lasts.state_code in ('completed', 'withdrawn', 'recalled', 'transferred', 'deleted') then 1
            else 0
        end as is_closed,
        case
            when firsts.is_gone = 1 then firsts.extract_date
            when lasts.state_code = 'completed' then coalesce(lasts.completed_date, lasts.reported_date)
            when lasts.state_code in ('withdrawn', 'recalled', 'transferred', 'deleted')
                then coalesce(lasts.withdrawn_date, lasts.completed_date)
            when lasts.state_code = 'awaiting_confirmation' then lasts.reported_date
            when lasts.state_code = 'in_progress' then lasts.started_date
        end as told_date,
        case
            when lasts.state_code = 'completed' and lasts.completed_date is not null then lasts.completed_at
            when lasts.state_code in ('completed', 'awaiting_confirmation') then lasts.reported_at
        end as told_at
    from bounds
    join numbered as firsts on bounds.task_key = firsts.task_key and bounds.first_no = firsts.delivery_no
    join numbered as lasts on bounds.task_key = lasts.task_key and bounds.last_no = lasts.delivery_no
),

-- Open again: a run that follows a closed one, or a report that was taken back.
reopened as (
    select
        runs.*,
        case
            when is_closed = 0 and earlier_state_code in ('completed', 'withdrawn', 'recalled', 'transferred', 'deleted')
                then 1
            when is_closed = 0 and state_code <> 'awaiting_confirmation'
                and earlier_state_code = 'awaiting_confirmation' then 1
            else 0
        end as is_reopened
    from runs
),

floored as (
    select
        reopened.*,
        coalesce(
            max(case when is_reopened = 1 then extract_date end)
                over (partition by task_key order by run_no rows unbounded preceding),
            cast('1900-01-01' as date)
        ) as floor_date
    from reopened
),

dated as (
    select
        task_key, run_no, load_key, source_key, row_no, extract_date, state_code, earlier_state_code, is_closed,
        is_reopened, requires_confirmation, assigned_date, reported_date, reported_at, floor_date,
        case
            when is_reopened = 1 then extract_date
            when told_date >= floor_date then told_date
            -- Withdrawn on a day that nobody told: by its deadline, unless an extract showed it open and overdue.
            when told_date is null and state_code in ('withdrawn', 'recalled') and due_date >= floor_date
                and due_date >= coalesce(earlier_extract_date, floor_date) and due_date < extract_date then due_date
            when run_no = 1 and is_closed = 0 and state_code <> 'awaiting_confirmation' then assigned_date
            else extract_date
        end as run_date,
        case when told_date >= floor_date and is_reopened = 0 then told_at end as run_at
    from floored
)

select * from dated
