-- One row per lock, with the timespan of days on which it is the last one of its source, province and programme (half-open days).
-- kind: table
-- key: conference_key, lock_no
-- Locks of one day are last together. A province is its line: one that was merged goes on as the merged one.
with locks as (
    select
        fact_conference_lock.conference_key, fact_conference_lock.lock_no, fact_conference_lock.source_key,
        fact_conference_lock.programme_key, fact_conference_lock.conference_date, fact_conference_lock.lock_date,
        province_line.newest_key
    from warehouse.fact_conference_lock
    join staging.province_line on fact_conference_lock.province_key = province_line.province_key
),

lock_days as (
    select source_key, newest_key, programme_key, lock_date
    from locks
    group by source_key, newest_key, programme_key, lock_date
),

followed as (
    select
        lock_days.*,
        lead(lock_date, 1, cast('9999-12-31' as date))
            over (partition by source_key, newest_key, programme_key order by lock_date) as next_lock_date
    from lock_days
),

spans as (
    select
        locks.conference_key, locks.lock_no, locks.conference_date, locks.lock_date, locks.lock_date as valid_from,
        followed.next_lock_date as valid_to
    from locks
    join followed
        on locks.source_key = followed.source_key
        and locks.newest_key = followed.newest_key
        and locks.programme_key = followed.programme_key
        and locks.lock_date = followed.lock_date
)

select * from spans
