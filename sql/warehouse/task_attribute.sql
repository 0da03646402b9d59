-- One row per task and thing known of it from its opening, such as its agency or a category: what like tasks are found by.
-- kind: view
-- key: task_key, attribute_no
-- Only columns that the feed declares as known at the opening; attribute 0 is the source itself: all its tasks are alike in it.
-- The agency is the one that had the task first; where hand-overs are told by events, also one whose column is known with an event.
with opening as (
    select source_key, column_name, max(case when known_code = 'event' then 1 else 0 end) as is_event
    from raw.feed_column
    where (record_code = 'task' or record_code like 'task/%')
        and (known_code = 'opening' or (known_code = 'event' and column_name = 'agency'))
    group by source_key, column_name
),

tasks as (
    select
        task_key, source_key, task_kind_key, assigner_key, assigner_level_key, programme_key, document_key,
        due_original_date, assigned_date
    from warehouse.fact_task
    where is_sub_task = 0
),

first_spans as (
    select task_key, min(valid_from) as valid_from
    from warehouse.fact_task_state
    group by task_key
),

agencies as (
    select fact_task_state.task_key, fact_task_state.source_key, fact_task_state.agency_key
    from warehouse.fact_task_state
    join first_spans
        on fact_task_state.task_key = first_spans.task_key
        and fact_task_state.valid_from = first_spans.valid_from
    where fact_task_state.agency_key <> 0
),

details as (
    select
        tasks.task_key, tasks.source_key, task_detail.category_1, task_detail.category_2, task_detail.category_3,
        task_detail.category_4, task_detail.category_5, task_detail.category_6, task_detail.category_7,
        task_detail.category_8, task_detail.urgency
    from tasks
    join staging.task_detail on tasks.task_key = task_detail.task_key
),

attributes as (
    select task_key, source_key, 0 as attribute_no, 'source' as column_name, 'all' as value_text from tasks
    union all
    select task_key, source_key, 1, 'agency', cast(agency_key as varchar(400)) from agencies
    union all
    select task_key, source_key, 2, 'task_kind', cast(task_kind_key as varchar(400)) from tasks where task_kind_key <> 0
    union all
    select task_key, source_key, 3, 'assigner', cast(assigner_key as varchar(400)) from tasks where assigner_key <> 0
    union all
    select task_key, source_key, 4, 'assigner_level', cast(assigner_level_key as varchar(400)) from tasks where assigner_level_key <> 0
    union all
    select task_key, source_key, 5, 'category_1', category_1 from details where category_1 is not null
    union all
    select task_key, source_key, 6, 'category_2', category_2 from details where category_2 is not null
    union all
    select task_key, source_key, 7, 'category_3', category_3 from details where category_3 is not null
    union all
    select task_key, source_key, 8, 'category_4', category_4 from details where category_4 is not null
    union all
    select task_key, source_key, 9, 'category_5', category_5 from details where category_5 is not null
    union all
    select task_key, source_key, 10, 'category_6', category_6 from details where category_6 is not null
    union all
    select task_key, source_key, 11, 'category_7', category_7 from details where category_7 is not null
    union all
    select task_key, source_key, 12, 'category_8', category_8 from details where category_8 is not null
    union all
    select task_key, source_key, 13, 'urgency', urgency from details where urgency is not null
),

known as (
    select attributes.task_key, attributes.source_key, attributes.attribute_no, attributes.column_name, attributes.value_text
    from attributes
    left join opening
        on attributes.source_key = opening.source_key
        and attributes.column_name = opening.column_name
    where opening.source_key is not null or attributes.attribute_no = 0
)

select * from known
