-- One row per task with kept history and day on which something of it changed: how it stood at the end of that day.
-- kind: view
-- key: task_key, change_date
-- Lifecycle, deadline, agency and report each hold until the next change that sets them: the number of that change is
-- carried forward, then looked up. The assignment comes first: what a source dates before it happens on its day.
with changes as (
    select
        task_key, agency_key, lifecycle_code, due_date, overdue_date, sets_report, sets_due, due_at,
        reported_date, reported_at, finished_date, finished_at,
        case when change_date < assigned_date then assigned_date else change_date end as change_date,
        row_number() over (
            partition by task_key
            order by
                case when change_date < assigned_date then assigned_date else change_date end,
                case when change_rank = 0 then 0 else 1 end, change_date, coalesce(change_at, fn.start_of_day(change_date)),
                change_rank, row_no, event_key
        ) as change_no
    from warehouse.fact_task_change
),

carried as (
    select
        task_key, change_date,
        max(case when lifecycle_code is not null then change_no end)
            over (partition by task_key order by change_no rows unbounded preceding) as lifecycle_no,
        max(case when agency_key is not null then change_no end)
            over (partition by task_key order by change_no rows unbounded preceding) as agency_no,
        max(case when sets_due = 1 then change_no end)
            over (partition by task_key order by change_no rows unbounded preceding) as due_no,
        max(case when sets_report = 1 then change_no end)
            over (partition by task_key order by change_no rows unbounded preceding) as report_no,
        lead(change_date) over (partition by task_key order by change_no) as next_date
    from changes
),

day_ends as (
    select task_key, change_date, lifecycle_no, agency_no, due_no, report_no
    from carried
    where next_date is null or next_date > change_date
),

states as (
    select
        day_ends.task_key,
        day_ends.change_date,
        lifecycles.lifecycle_code,
        coalesce(agencies.agency_key, 0) as agency_key,
        dues.due_date,
        dues.overdue_date,
        dues.due_at,
        case when lifecycles.lifecycle_code = 'completed' then lifecycles.change_date end as completed_date,
        -- Judged by the report that stands; where there is none, by the finish itself.
        coalesce(reports.reported_date, lifecycles.finished_date) as judged_date,
        case
            when reports.reported_date is not null then reports.reported_at
            else lifecycles.finished_at
        end as judged_at
    from day_ends
    left join changes as lifecycles
        on day_ends.task_key = lifecycles.task_key and day_ends.lifecycle_no = lifecycles.change_no and lifecycles.lifecycle_code is not null
    left join changes as agencies
        on day_ends.task_key = agencies.task_key and day_ends.agency_no = agencies.change_no and agencies.agency_key is not null
    left join changes as dues
        on day_ends.task_key = dues.task_key and day_ends.due_no = dues.change_no and dues.sets_due = 1
    left join changes as reports
        on reports.sets_report = 1 and day_ends.task_key = reports.task_key and day_ends.report_no = reports.change_no
)

select * from states
