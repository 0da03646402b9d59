-- One row per landmark, agency and stage: days that its open tasks stood there in the half year before, and how many left it, by what was known then.
-- kind: view
-- key: landmark_date, source_key, province_key, agency_key, class_code, stage_no
with landmarks as (
    select landmark_date, fn.add_days(landmark_date, -182) as window_date
    from warehouse.dim_landmark
),

-- The day of leaving counts as a day on which the task could leave.
lives as (
    select
        landmarks.landmark_date, forecast_span.source_key, forecast_span.province_key, forecast_span.agency_key, forecast_span.class_code,
        fn.days_between(
            forecast_span.zero_date,
            case when forecast_span.seen_from < landmarks.window_date then landmarks.window_date else forecast_span.seen_from end
        ) as from_position,
        case
            when forecast_span.seen_to < landmarks.landmark_date then fn.days_between(forecast_span.zero_date, forecast_span.seen_to) + 1
            else fn.days_between(forecast_span.zero_date, landmarks.landmark_date)
        end as to_position,
        case when forecast_span.seen_to < landmarks.landmark_date then forecast_span.exit_code else 'none' end as exit_code
    from analytics.forecast_span
    join landmarks
        on forecast_span.seen_from < landmarks.landmark_date
        and forecast_span.seen_to >= landmarks.window_date
        and forecast_span.seen_to >= forecast_span.seen_from
),

stays as (
    select
        lives.landmark_date, lives.source_key, lives.province_key, lives.agency_key, forecast_stage.class_code, forecast_stage.stage_no,
        case when lives.to_position < forecast_stage.high_days then lives.to_position else forecast_stage.high_days end
            - case when lives.from_position > forecast_stage.low_days then lives.from_position else forecast_stage.low_days end as exposed_days,
        case when lives.to_position <= forecast_stage.high_days then lives.exit_code else 'none' end as exit_code
    from lives
    join analytics.forecast_stage
        on lives.class_code = forecast_stage.class_code
        and lives.to_position > forecast_stage.low_days
        and lives.from_position < forecast_stage.high_days
),

exposures as (
    select
        landmark_date, source_key, province_key, agency_key, class_code, stage_no,
        sum(cast(exposed_days as bigint)) as exposed_days,
        sum(case when exit_code = 'closed' then cast(1 as bigint) else 0 end) as closed_count,
        sum(case when exit_code = 'extended' then cast(1 as bigint) else 0 end) as extended_count
    from stays
    group by landmark_date, source_key, province_key, agency_key, class_code, stage_no
)

select * from exposures
