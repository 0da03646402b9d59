-- One row per task, timespan and stretch of days on which it was believed, before an extract corrected it.
-- kind: view
-- key: task_key, valid_from, known_from
with corrected as (
    select *
    from warehouse.fact_task_believed_span
    where known_to < cast('9999-12-31' as date)
)

select * from corrected
