-- One row per task whose newest delivery says more than every system does: categories, urgency, granularity of the deadline.
-- kind: view
-- key: task_key
with details as (
    select
        task_key, load_key, due_granularity, source_timeliness, urgency, focal_officer,
        category_1, category_2, category_3, category_4, category_5, category_6, category_7, category_8
    from raw.task_detail
),

newest as (
    select details.*
    from details
    left join raw.task_superseded
        on details.task_key = task_superseded.task_key
        and details.load_key = task_superseded.load_key
    where task_superseded.task_key is null
)

select * from newest
