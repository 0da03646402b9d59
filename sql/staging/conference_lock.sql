-- One row per conference and day for which its entry was, or is to be, locked; a lock that was taken stands.
-- kind: table
-- key: conference_key, version_no
-- A day told before the lock fell replaces the older one. A conference moved after its lock is locked once more for the
-- new day, if that is told by its own lock; the first lock keeps its tasks.
with versions as (
    select
        conference_key, version_no, source_key, province_key, programme_key, lock_rule_code, required_update_code,
        lock_days, bunching_days, conference_date, known_from, known_to, planned_lock_date
    from staging.conference
),

in_time as (
    select conference_key, version_no, planned_lock_date as lock_date, 0 as is_told_late
    from versions
    where known_from <= planned_lock_date and known_to > planned_lock_date
),

locked_in_time as (
    select conference_key
    from in_time
    group by conference_key
),

first_told_late as (
    select versions.conference_key, min(versions.version_no) as version_no
    from versions
    left join locked_in_time on versions.conference_key = locked_in_time.conference_key
    where versions.known_from > versions.planned_lock_date and locked_in_time.conference_key is null
    group by versions.conference_key
),

-- Of history the lock is taken in retrospect; a day brought forward is locked when it is told, at the latest on itself.
told_late as (
    select
        versions.conference_key, versions.version_no,
        case
            when versions.version_no = 1 then versions.planned_lock_date
            when versions.known_from > versions.conference_date then versions.conference_date
            else versions.known_from
        end as lock_date,
        1 as is_told_late
    from versions
    join first_told_late
        on versions.conference_key = first_told_late.conference_key
        and versions.version_no = first_told_late.version_no
),

chosen as (
    select conference_key, version_no, lock_date, is_told_late from in_time
    union all
    select conference_key, version_no, lock_date, is_told_late from told_late
),

locks as (
    select
        versions.conference_key, versions.version_no, versions.source_key, versions.province_key,
        versions.programme_key, versions.lock_rule_code, versions.required_update_code, versions.lock_days,
        versions.bunching_days, versions.conference_date, versions.known_from, chosen.lock_date, chosen.is_told_late,
        case when versions.known_to < cast('9999-12-31' as date) then 1 else 0 end as is_moved_after_lock
    from chosen
    join versions
        on chosen.conference_key = versions.conference_key and chosen.version_no = versions.version_no
)

select * from locks
