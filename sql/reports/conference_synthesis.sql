-- One row per agency: its tasks as they stood at the last lock of a conference by a day, and what was left out of the synthesis.
-- kind: report
-- key: conference_date, agency_name
-- order: conference_date, agency_name
-- title: Tổng hợp phục vụ Hội nghị giao ban | Synthesis for the conference
-- parameter as_of: day = newest | The conference is the one whose entry was locked last by the end of this day
-- parameter province: province = | Province of the conference; every one where none is named
-- parameter agency: agency = | Agency; every one where none is named
-- The base of each rate is every task, those left out included, and none of these counts as done; they do count as overdue
-- (S3-19). Frozen at the lock: what came later is in conference_after_lock.
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
        units.known_date,
        units.agency_name,
        units.task_count as tasks,
        units.included_count as included,
        units.excluded_count as excluded,
        units.no_information_count as no_information,
        units.incomplete_count as incomplete,
        units.completed_count as completed,
        units.open_count as in_progress,
        units.overdue_count as overdue,
        units.completed_count as completion_rate_numerator,
        units.task_count as completion_rate_denominator,
        units.completed_on_time_count as on_time_rate_of_due_numerator,
        units.due_count as on_time_rate_of_due_denominator,
        units.overdue_count as overdue_rate_numerator,
        units.task_count as overdue_rate_denominator,
        units.is_reconstructed,
        units.is_weak_evidence
    from units
    join latest on units.conference_key = latest.conference_key and units.lock_no = latest.lock_no
)

select * from answered
