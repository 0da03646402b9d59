-- One row per change of a work programme in a window: the task, the unit, the reason and the decision, and what is missing.
-- kind: report
-- key: none
-- order: programme_year, change_date, agency_name, task_code
-- title: Điều chỉnh Chương trình công tác | Changes of the work programme
-- parameter from: day = 1900-01-01 | First day of the window of changes, included
-- parameter to: day = newest | Last day of the window of changes, included
-- parameter province: province = | Province; every one where none is named
-- parameter agency: agency = | Agency; every one where none is named
-- parameter show: all/findings = all | findings: only changes in which something is missing
-- Without reason or decision it is a finding, and so is a withdrawal or adjustment for a subjective cause (S2-13, S2-14, S3-17).
with findings as (
    select change_key, count(*) as finding_count
    from analytics.programme_finding
    where change_key <> 0
    group by change_key
),

asked as (
    select *
    from analytics.programme_change
    where change_date >= {from} and change_date <= {to} and {in scope} and {in province} and {in agency}
),

answered as (
    select
        asked.programme_year,
        asked.change_date,
        asked.change_code,
        asked.agency_name,
        asked.task_code,
        asked.title,
        asked.old_due_date,
        asked.due_date,
        asked.cause_code,
        asked.reason_text,
        asked.decision_number,
        asked.has_reason,
        asked.has_decision,
        coalesce(findings.finding_count, 0) as findings
    from asked
    left join findings on asked.change_key = findings.change_key
    where {show} = 'all' or findings.finding_count > 0
)

select * from answered
