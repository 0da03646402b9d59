-- One row per published report and arithmetic that its printed figures should satisfy: parts against their total.
-- kind: table
-- key: total_code, relation_code
with figures as (
    select total_code, item_code, printed_value, tolerance
    from warehouse.fact_published_total
),

reports as (
    select
        total_code,
        max(tolerance) as tolerance,
        max(case when item_code = 'assigned' then printed_value end) as assigned,
        max(case when item_code = 'completed' then printed_value end) as completed,
        max(case when item_code = 'completed_on_time' then printed_value end) as completed_on_time,
        max(case when item_code = 'completed_late' then printed_value end) as completed_late,
        max(case when item_code = 'completed_no_deadline' then printed_value end) as completed_no_deadline,
        max(case when item_code = 'open' then printed_value end) as open_total,
        max(case when item_code = 'open_in_time' then printed_value end) as open_in_time,
        max(case when item_code = 'open_overdue' then printed_value end) as open_overdue,
        max(case when item_code = 'open_no_deadline' then printed_value end) as open_no_deadline,
        max(case when item_code = 'fallen_due' then printed_value end) as fallen_due
    from figures
    group by total_code
),

relations as (
    select total_code, 'assigned = completed + open' as relation_code, assigned as printed_total,
        completed + open_total as sum_of_parts, tolerance
    from reports
    union all
    select total_code, 'completed = on time + late', completed,
        completed_on_time + completed_late + coalesce(completed_no_deadline, 0), tolerance
    from reports
    union all
    select total_code, 'open = in time + overdue', open_total,
        open_in_time + open_overdue + coalesce(open_no_deadline, 0), tolerance
    from reports
    union all
    select total_code, 'fallen due = completed + overdue', fallen_due, completed + open_overdue, tolerance
    from reports
    union all
    select total_code, 'assigned = completed + in time + overdue', assigned,
        completed + open_in_time + open_overdue, tolerance
    from reports
    where open_total is null
),

compared as (
    select
        total_code,
        relation_code,
        printed_total,
        sum_of_parts,
        printed_total - sum_of_parts as gap,
        case when abs(printed_total - sum_of_parts) <= tolerance then 1 else 0 end as is_within_tolerance
    from relations
    where printed_total is not null and sum_of_parts is not null
)

select * from compared
