-- One row per day that was forecast and has come, province and agency: how many tasks were open at its end, and how many overdue.
-- kind: view
-- key: target_date, province_key, agency_key
-- Month ends are what counts made in advance know; other days, those of conferences, are asked of the spans. A unit that had no open
-- task has no row. PostgreSQL takes days that are compared with their month's end for one, and reads all counts once for each:
-- so which days are month ends is taken from why they were forecast.
with newest as (
    select max(dim_source_reach.newest_date) as newest_date
    from warehouse.dim_source_reach
    join warehouse.dim_source on dim_source_reach.source_key = dim_source.source_key
    where dim_source.scope_code = 'vietnam'
),

month_ends as (
    select fact_backlog_forecast.target_date
    from warehouse.fact_backlog_forecast
    join newest on fact_backlog_forecast.target_date <= newest.newest_date
    where fact_backlog_forecast.target_code = 'month_end'
    group by fact_backlog_forecast.target_date
),

other_days as (
    select fact_backlog_forecast.target_date
    from warehouse.fact_backlog_forecast
    join newest on fact_backlog_forecast.target_date <= newest.newest_date
    where fact_backlog_forecast.target_code <> 'month_end'
    except
    select target_date from month_ends
),

spans as (
    select
        month_ends.target_date, fact_task_count.source_key, fact_task_count.province_key, fact_task_count.agency_key,
        fact_task_count.has_deadline, fact_task_count.task_count, fact_task_count.overdue_from
    from warehouse.fact_task_count
    join month_ends
        on fact_task_count.valid_from <= month_ends.target_date
        and fact_task_count.valid_to > month_ends.target_date
    where fact_task_count.is_open = 1 and fact_task_count.valid_to > (select min(target_date) from month_ends)
    union all
    select
        other_days.target_date, fact_task_state.source_key, fact_task_state.province_key, fact_task_state.agency_key,
        fact_task_state.has_deadline, 1 as task_count, fact_task_state.overdue_from
    from warehouse.fact_task_state
    join other_days
        on fact_task_state.valid_from <= other_days.target_date
        and fact_task_state.valid_to > other_days.target_date
    where fact_task_state.is_open = 1
),

counts as (
    select
        spans.target_date, spans.province_key, spans.agency_key, sum(cast(spans.task_count as bigint)) as open_count,
        sum(
            case
                when spans.overdue_from <= spans.target_date and spans.has_deadline = 1 then cast(spans.task_count as bigint)
                else 0
            end
        ) as overdue_count
    from spans
    join warehouse.dim_source
        on spans.source_key = dim_source.source_key
        and dim_source.scope_code = 'vietnam'
    group by spans.target_date, spans.province_key, spans.agency_key
)

select * from counts
