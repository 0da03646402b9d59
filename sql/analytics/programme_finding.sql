-- One row per finding on a change of a work programme: no reason, no decision, no objective cause, an unknown task, or no record at all.
-- kind: table
-- key: finding_code, change_key, task_key
-- Who withdraws or adjusts explains, gives objective reasons, and lets the Chairman decide (S2-13, S2-14, S3-17).
with changes as (
    select
        change_key, task_key, source_key, province_key, agency_key, programme_key, change_code, cause_code, has_reason,
        has_decision, is_orphan, change_date
    from warehouse.fact_programme_change
),

tasks as (
    select task_key, source_key, province_key, agency_key, programme_key, is_withdrawn, withdrawn_date
    from warehouse.fact_programme_task
),

recorded as (
    select task_key
    from changes
    where change_code = 'withdrawn' and task_key is not null
    group by task_key
),

recording_sources as (
    select source_key
    from changes
    group by source_key
),

findings as (
    select 'no_reason' as finding_code, change_key, coalesce(task_key, 0) as task_key, source_key, province_key,
        agency_key, programme_key, change_code, change_date
    from changes
    where has_reason = 0
    union all
    select 'no_decision' as finding_code, change_key, coalesce(task_key, 0) as task_key, source_key, province_key,
        agency_key, programme_key, change_code, change_date
    from changes
    where has_decision = 0
    union all
    select 'not_objective' as finding_code, change_key, coalesce(task_key, 0) as task_key, source_key, province_key,
        agency_key, programme_key, change_code, change_date
    from changes
    where change_code in ('withdrawn', 'adjusted') and cause_code = 'subjective'
    union all
    select 'unknown_task' as finding_code, change_key, coalesce(task_key, 0) as task_key, source_key, province_key,
        agency_key, programme_key, change_code, change_date
    from changes
    where is_orphan = 1
    union all
    -- Withdrawn in the list of tasks, while the source's record of changes says nothing of it.
    select 'no_record' as finding_code, 0 as change_key, tasks.task_key, tasks.source_key, tasks.province_key,
        tasks.agency_key, tasks.programme_key, 'withdrawn' as change_code, tasks.withdrawn_date as change_date
    from tasks
    join recording_sources on tasks.source_key = recording_sources.source_key
    left join recorded on tasks.task_key = recorded.task_key
    where tasks.is_withdrawn = 1 and recorded.task_key is null
)

select * from findings
