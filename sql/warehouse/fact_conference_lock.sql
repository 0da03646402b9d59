-- One row per lock taken for a conference: the day at whose end its tasks were frozen, and what was known of them then.
-- kind: table
-- key: conference_key, lock_no
-- horizon_date: extracts up to it are what the lock knows. Where the first extract of a source is younger than the lock,
-- the state is reconstructed from that one: the extracts after it change it as little as any other.
with extracts as (
    select
        source_key, coalesce(extract_date, cast('1900-01-01' as date)) as extract_date,
        case when record_code = 'task' or record_code like 'task/%' then 1 else 0 end as is_of_tasks
    from raw.batch
    where record_code = 'task' or record_code like 'task/%' or record_code like 'task_event%'
),

sources as (
    select
        source_key, min(extract_date) as first_date, max(extract_date) as newest_date
    from extracts
    where is_of_tasks = 1
    group by source_key
),

-- Before the lists of tasks of its source reach its day a lock is not taken: what they bring would restate it.
taken as (
    select
        conference_lock.*, province_line.newest_key,
        case when sources.first_date > conference_lock.lock_date then 1 else 0 end as is_reconstructed,
        case
            when sources.first_date > conference_lock.lock_date then sources.first_date
            else conference_lock.lock_date
        end as horizon_date
    from staging.conference_lock
    join sources on conference_lock.source_key = sources.source_key
    join staging.province_line on conference_lock.province_key = province_line.province_key
    where sources.newest_date >= conference_lock.lock_date
),

known as (
    select taken.conference_key, taken.version_no, max(extracts.extract_date) as known_date
    from taken
    join extracts on taken.source_key = extracts.source_key and extracts.extract_date <= taken.horizon_date
    group by taken.conference_key, taken.version_no
),

-- What is reported on begins after the lock before, of those that had been told when this one was taken; else a month back.
earlier as (
    select taken.conference_key, taken.version_no, max(past.lock_date) as previous_lock_date
    from taken
    join taken as past
        on taken.source_key = past.source_key
        and taken.newest_key = past.newest_key
        and taken.programme_key = past.programme_key
        and past.lock_date < taken.lock_date
        and (past.known_from <= taken.horizon_date or past.known_from <= taken.known_from)
    group by taken.conference_key, taken.version_no
),

-- Updates of the years before 2025 were made once, at the cut-off: their dates are weak evidence (S3-24).
locks as (
    select
        taken.conference_key,
        cast(row_number() over (partition by taken.conference_key order by taken.version_no) as integer) as lock_no,
        taken.source_key,
        taken.province_key,
        taken.programme_key,
        taken.lock_rule_code,
        taken.required_update_code,
        taken.lock_days,
        taken.bunching_days,
        case when taken.lock_rule_code = 'none' then 0 else 1 end as is_entry_locked,
        taken.is_told_late,
        taken.is_moved_after_lock,
        case
            when row_number() over (partition by taken.conference_key order by taken.version_no desc) = 1 then 1
            else 0
        end as is_in_force,
        taken.is_reconstructed,
        case when taken.lock_date < cast('2025-01-01' as date) then 1 else 0 end as is_weak_evidence,
        taken.conference_date,
        coalesce(fn.add_days(earlier.previous_lock_date, 1), fn.add_days(taken.lock_date, -30)) as period_from,
        taken.lock_date,
        known.known_date,
        taken.horizon_date
    from taken
    join known on taken.conference_key = known.conference_key and taken.version_no = known.version_no
    left join earlier on taken.conference_key = earlier.conference_key and taken.version_no = earlier.version_no
)

select * from locks
