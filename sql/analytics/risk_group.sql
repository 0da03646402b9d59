-- One row per task and group of like tasks that it belongs to, with the days of its history.
-- kind: view
-- key: task_key, attribute_no
-- Attribute 14 is agency and kind together; where tasks have no kind, their first category that is known at the opening.
with attributes as (
    select task_key, source_key, attribute_no, value_text
    from warehouse.task_attribute
),

kinds as (
    select task_key, min(attribute_no) as attribute_no
    from attributes
    where attribute_no in (2, 5, 6, 7, 8)
    group by task_key
),

simple as (
    select
        task_key, source_key, attribute_no,
        min(task_key) over (partition by source_key, attribute_no, value_text) as group_key
    from attributes
),

agency_kinds as (
    select
        agency.task_key, agency.source_key, 14 as attribute_no,
        min(agency.task_key) over (partition by agency.source_key, agency.group_key, kinds.attribute_no, kind.group_key) as group_key
    from simple as agency
    left join kinds on agency.task_key = kinds.task_key
    left join simple as kind on kinds.task_key = kind.task_key and kinds.attribute_no = kind.attribute_no
    where agency.attribute_no = 1
),

members as (
    select task_key, source_key, attribute_no, group_key from simple
    union all
    select task_key, source_key, attribute_no, group_key from agency_kinds
),

histories as (
    select
        members.task_key, members.attribute_no, members.group_key, members.source_key, risk_history.is_late, risk_history.is_given_up,
        risk_history.assigned_date, risk_history.closed_date, risk_history.settled_date
    from members
    join analytics.risk_history on members.task_key = risk_history.task_key
)

select * from histories
