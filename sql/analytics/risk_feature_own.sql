-- One row per task at risk and landmark: what the task itself says, from its dates, its calendar and its events.
-- kind: view
-- key: task_key, landmark_date
with at_risk as (
    select task_key, landmark_date, source_key, province_key, agency_key, assigned_date, due_date, age_days, remaining_days, term_days
    from analytics.risk_state
    where is_at_risk = 1
),

days as (
    select calendar_date, working_day_no, weekday_no, month_no, is_working_day
    from warehouse.dim_date
),

-- How many tasks of the same agency, or of the same source where agencies are not known, are open and how many of them older.
queues as (
    select
        risk_state.task_key, risk_state.landmark_date,
        cast(count(*) over (partition by risk_state.source_key, risk_state.agency_key, risk_state.landmark_date) as double precision) as agency_open_count,
        cast(sum(risk_state.is_overdue) over (partition by risk_state.source_key, risk_state.agency_key, risk_state.landmark_date) as double precision) as agency_overdue_count
    from analytics.risk_state
),

own as (
    select
        at_risk.task_key, at_risk.landmark_date, at_risk.source_key, at_risk.province_key, at_risk.agency_key,
        at_risk.assigned_date, at_risk.due_date,
        cast(at_risk.age_days as double precision) as age_days,
        cast(at_risk.remaining_days as double precision) as remaining_days,
        cast(at_risk.term_days as double precision) as term_days,
        cast(at_risk.age_days as double precision) / (at_risk.term_days + 1) as elapsed_share,
        cast(due_day.working_day_no - landmark_day.working_day_no as double precision) as remaining_working_days,
        cast(due_day.working_day_no - opening_day.working_day_no as double precision) as term_working_days,
        cast(opening_day.weekday_no as double precision) as opening_weekday,
        cast(due_day.weekday_no as double precision) as due_weekday,
        cast(landmark_day.month_no as double precision) as landmark_month,
        cast(due_day.month_no as double precision) as due_month,
        queues.agency_overdue_count / queues.agency_open_count as agency_overdue_share_now,
        risk_event_count.event_count, risk_event_count.event_14_count, risk_event_count.days_since_event,
        risk_event_count.days_since_update, risk_event_count.reminder_count, risk_event_count.extension_count,
        risk_event_count.obstacle_count, risk_event_count.hand_over_count, risk_event_count.refusal_count,
        risk_event_count.is_started, risk_event_count.percent_done
    from at_risk
    join days as opening_day on at_risk.assigned_date = opening_day.calendar_date
    join days as due_day on at_risk.due_date = due_day.calendar_date
    join days as landmark_day on at_risk.landmark_date = landmark_day.calendar_date
    join queues on at_risk.task_key = queues.task_key and at_risk.landmark_date = queues.landmark_date
    left join analytics.risk_event_count
        on at_risk.task_key = risk_event_count.task_key
        and at_risk.landmark_date = risk_event_count.landmark_date
)

select * from own
