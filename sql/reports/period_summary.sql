-- One row per question: what was assigned in a period, completed and open as of a day, and how much of each is past its deadline.
-- kind: report
-- key: none
-- order: assigned
-- title: Tổng hợp tình hình thực hiện nhiệm vụ trong kỳ | Period summary
-- parameter from: day = 1900-01-01 | First day of the window of assignment, included
-- parameter to: day = newest | Last day of the window of assignment, included
-- parameter as_of: day = to | State at the end of this day
-- parameter province: province = | Province; every one where none is named
-- parameter agency: agency = | Lead agency; every one where none is named
-- The layout of letter 1680/UBND-NC: assigned = completed (of it late) + in progress (of it overdue); S4-02 to S4-05.
with summed as (
    select
        {count assigned} as assigned,
        {count completed} as completed,
        {count completed_late} as completed_late,
        {count open} as in_progress,
        {count open_overdue} as in_progress_overdue,
        {rate completion_rate_of_assigned},
        {rate completion_rate_of_due},
        {rate overdue_rate_of_assigned}
    from warehouse.fact_task_state
    where {state}
        and {in scope}
        and {in province}
        and {in agency}
        and assigned_date >= {from}
        and assigned_date <= {to}
)

select * from summed
