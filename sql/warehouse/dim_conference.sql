-- One row per conference, as its calendar tells it now; what was locked for it is in fact_conference_lock.
-- kind: table
-- key: conference_key
with newest as (
    select
        conference_key, source_key, province_key, programme_key, conference_code, conference_name, conference_date,
        lock_rule_code, is_estimated, version_no
    from staging.conference
    where known_to = cast('9999-12-31' as date)
),

-- Two conferences in one month are two: each has its number there.
numbered as (
    select
        conference_key, source_key, province_key, programme_key, conference_code, conference_name, lock_rule_code,
        cast(version_no - 1 as integer) as move_count,
        cast(row_number() over (
            partition by source_key, province_key, programme_key, fn.month_start(conference_date)
            order by conference_date, conference_code, conference_key
        ) as integer) as conference_no_in_month,
        is_estimated,
        conference_date
    from newest
)

select * from numbered
