-- One row per agency that reported tasks done in a window: how many the Office refused, had done again and rated.
-- kind: report
-- key: province_name, agency_name
-- order: province_name, agency_name
-- title: Chất lượng báo cáo hoàn thành nhiệm vụ | Quality of what was reported done
-- parameter from: day = 1900-01-01 | First day of the events, included
-- parameter to: day = newest | Last day of the events, included
-- parameter province: province = | Province; every one where none is named
-- parameter agency: agency = | Agency that had the task on the day of the event; every one where none is named
-- Letter 1204/UBND-KSTT (S0-17, S0-18): reported is not completed. A rating is that of the work, never of a person.
with events as (
    select task_key, event_key, event_code, event_date
    from warehouse.fact_task_event
    where event_code in ('reported', 'confirmation_refused', 'redo', 'rated')
        and event_date >= {from}
        and event_date <= {to}
),

held as (
    select
        fact_task_state.source_key, fact_task_state.province_key, fact_task_state.agency_key, events.event_code,
        fact_task_event_detail.rating
    from events
    join warehouse.fact_task_state
        on events.task_key = fact_task_state.task_key
        and events.event_date >= fact_task_state.valid_from
        and events.event_date < fact_task_state.valid_to
    left join warehouse.fact_task_event_detail
        on events.event_key = fact_task_event_detail.event_key
        and events.task_key = fact_task_event_detail.task_key
),

counted as (
    select
        province_key,
        agency_key,
        cast(sum(case when event_code = 'reported' then 1 else 0 end) as bigint) as reported,
        cast(sum(case when event_code = 'confirmation_refused' then 1 else 0 end) as bigint) as refused,
        cast(sum(case when event_code = 'redo' then 1 else 0 end) as bigint) as redone,
        cast(sum(case when rating is not null then 1 else 0 end) as bigint) as rated,
        sum(cast(coalesce(rating, 0) as double precision)) as rating_sum
    from held
    where {in scope}
        and {in province}
        and {in agency}
    group by province_key, agency_key
),

named as (
    select
        dim_province.province_name,
        dim_agency.agency_name,
        reported,
        redone,
        refused as refusal_rate_numerator,
        reported as refusal_rate_denominator,
        rated,
        rating_sum / nullif(cast(rated as double precision), 0) as mean_rating
    from counted
    join warehouse.dim_province on counted.province_key = dim_province.province_key
    join warehouse.dim_agency on counted.agency_key = dim_agency.agency_key
)

select * from named
