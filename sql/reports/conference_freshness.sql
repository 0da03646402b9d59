-- One row per agency: how old the last updates of its open tasks were at the last lock by a day, and how many came just before it.
-- kind: report
-- key: conference_date, agency_name
-- order: conference_date, -bunching, agency_name
-- title: Mức độ cập nhật thông tin trước Hội nghị giao ban | Freshness of updates before the conference
-- parameter as_of: day = newest | The conference is the one whose entry was locked last by the end of this day
-- parameter province: province = | Province of the conference; every one where none is named
-- parameter agency: agency = | Agency; every one where none is named
-- Classes of S3-09: at most one working day, at most seven days, older, never. bunching: updates of the last days before the
-- lock among all since the lock before (S3-10). Years before 2025 are weak evidence (S3-24).
with units as (
    select *
    from analytics.conference_agency
    where {in scope} and {in province} and {in agency}
),

latest as (
    select conference_key, lock_no
    from warehouse.fact_conference_last_lock
    where valid_from <= {as_of} and valid_to > {as_of}
),

answered as (
    select
        units.conference_date,
        units.lock_date,
        units.agency_name,
        units.open_count as in_progress,
        units.fresh_day_count as within_a_working_day,
        units.fresh_week_count as within_a_week,
        units.fresh_older_count as older,
        units.fresh_none_count as never,
        units.update_count as updates,
        units.bunched_update_count as bunching_numerator,
        units.update_count as bunching_denominator,
        units.single_update_task_count as tasks_updated_once_before_the_lock,
        units.is_weak_evidence
    from units
    join latest on units.conference_key = latest.conference_key and units.lock_no = latest.lock_no
)

select * from answered
