-- One row per task kind.
-- kind: table
-- key: task_kind_key
with kinds as (
    select task_kind_key, task_kind_code, task_kind_name, task_kind_name_en
    from raw.task_kind
)

select * from kinds
