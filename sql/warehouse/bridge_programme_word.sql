-- One row per task of a yearly programme and different word of its title, folded, numbers left out: what titles are compared by.
-- kind: table
-- key: task_key, word_key
-- slice: task_key
with words as (
    select task_word.task_key, task_word.word_key
    from raw.task_word
    join staging.task on task_word.task_key = task.task_key and task_word.load_key = task.load_key
)

select * from words
