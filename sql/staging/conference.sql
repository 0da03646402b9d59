-- One row per conference and timespan of extracts in which its day and its lock were told alike (half-open days).
-- kind: table
-- key: conference_key, known_from
with deliveries as (
    select
        conference.conference_key, conference.source_key, coalesce(conference.province_key, 0) as province_key,
        coalesce(conference.programme_key, 0) as programme_key, conference.conference_code, conference.conference_name,
        conference.lock_rule_code, conference.required_update_code, conference.lock_days, conference.bunching_days,
        conference.conference_date, coalesce(batch.extract_date, cast('1900-01-01' as date)) as known_from,
        row_number() over (
            partition by conference.conference_key, coalesce(batch.extract_date, cast('1900-01-01' as date))
            order by conference.load_key, conference.row_no
        ) as recency
    from raw.conference
    join raw.batch on conference.load_key = batch.load_key
),

compared as (
    select
        deliveries.*,
        lag(conference_date) over (partition by conference_key order by known_from) as earlier_date,
        lag(lock_rule_code) over (partition by conference_key order by known_from) as earlier_rule_code,
        lag(lock_days) over (partition by conference_key order by known_from) as earlier_days
    from deliveries
    where recency = 1
),

-- A delivery that tells the same day and lock again, under another name or not, changes nothing.
changed as (
    select *
    from compared
    where earlier_date is null
        or earlier_date <> conference_date
        or earlier_rule_code <> lock_rule_code
        or earlier_days <> lock_days
),

-- Where entry is not locked, what was entered by the day before is what the conference was told.
-- Working days are counted back from the day before the conference; the first is the last working day before it.
dated as (
    select
        changed.conference_key, changed.source_key, changed.province_key, changed.programme_key,
        changed.conference_code, changed.conference_name, changed.lock_rule_code, changed.required_update_code,
        changed.lock_days, changed.bunching_days, changed.conference_date, changed.known_from,
        lead(changed.known_from, 1, cast('9999-12-31' as date))
            over (partition by changed.conference_key order by changed.known_from) as known_to,
        row_number() over (partition by changed.conference_key order by changed.known_from) as version_no,
        case
            when changed.lock_rule_code = 'none' then fn.add_days(changed.conference_date, -1)
            when changed.lock_rule_code = 'working' and changed.lock_days > 0
                then coalesce(working_days.calendar_date, fn.add_days(changed.conference_date, -changed.lock_days))
            else fn.add_days(changed.conference_date, -changed.lock_days)
        end as planned_lock_date,
        coalesce(calendar_day.is_estimated, 1) as is_estimated
    from changed
    left join raw.calendar_day on changed.conference_date = calendar_day.calendar_date
    left join raw.calendar_day as working_days
        on working_days.is_working_day = 1
        and working_days.working_day_no = calendar_day.working_day_no - calendar_day.is_working_day - changed.lock_days + 1
)

select * from dated
