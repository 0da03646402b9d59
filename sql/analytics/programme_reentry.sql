-- One row per withdrawn task and task of a later programme that is, or reads like, the same one (S2-15): for review, in no count.
-- kind: table
-- key: withdrawn_task_key, task_key
-- Linked: the source names the earlier task. Similar: of the different words of both titles at least three in five are in
-- both, numbers left out, in the programme of the next year. score is that share; people decide.
with programme_tasks as (
    select task_key, source_key, carried_from_key, programme_year, is_withdrawn, withdrawn_date
    from warehouse.fact_programme_task
),

withdrawn as (
    select task_key, source_key, programme_year, withdrawn_date
    from programme_tasks
    where is_withdrawn = 1
),

links as (
    select carried_from_key as earlier_key, task_key
    from programme_tasks
    where carried_from_key is not null
    union
    select earlier_task_key as earlier_key, task_key
    from warehouse.fact_programme_change
    where earlier_task_key is not null and task_key is not null
),

linked as (
    select withdrawn.task_key as withdrawn_task_key, programme_tasks.task_key
    from links
    join withdrawn on links.earlier_key = withdrawn.task_key
    join programme_tasks on links.task_key = programme_tasks.task_key
    where programme_tasks.programme_year > withdrawn.programme_year
),

words as (
    select task_key, word_key
    from warehouse.bridge_programme_word
),

word_counts as (
    select task_key, count(*) as word_count
    from words
    group by task_key
),

shared as (
    select withdrawn.task_key as withdrawn_task_key, programme_tasks.task_key, count(*) as shared_count
    from withdrawn
    join programme_tasks
        on withdrawn.source_key = programme_tasks.source_key
        and programme_tasks.programme_year = withdrawn.programme_year + 1
    join words as withdrawn_words on withdrawn.task_key = withdrawn_words.task_key
    join words
        on programme_tasks.task_key = words.task_key
        and withdrawn_words.word_key = words.word_key
    group by withdrawn.task_key, programme_tasks.task_key
),

compared as (
    select
        shared.withdrawn_task_key, shared.task_key, shared.shared_count,
        withdrawn_counts.word_count + word_counts.word_count - shared.shared_count as all_count
    from shared
    join word_counts as withdrawn_counts on shared.withdrawn_task_key = withdrawn_counts.task_key
    join word_counts on shared.task_key = word_counts.task_key
),

pairs as (
    select withdrawn_task_key, task_key from linked
    union
    select withdrawn_task_key, task_key from compared where 5 * shared_count >= 3 * all_count
),

listed as (
    select
        pairs.withdrawn_task_key,
        pairs.task_key,
        programme_tasks.source_key,
        case when linked.task_key is null then 0 else 1 end as is_linked,
        coalesce(cast(compared.shared_count as integer), 0) as shared_word_count,
        coalesce(cast(compared.all_count as integer), 0) as word_count,
        coalesce(cast(compared.shared_count as double precision) / compared.all_count, 0) as score,
        withdrawn.programme_year as withdrawn_year,
        programme_tasks.programme_year,
        withdrawn.withdrawn_date
    from pairs
    join withdrawn on pairs.withdrawn_task_key = withdrawn.task_key
    join programme_tasks on pairs.task_key = programme_tasks.task_key
    left join linked
        on pairs.withdrawn_task_key = linked.withdrawn_task_key and pairs.task_key = linked.task_key
    left join compared
        on pairs.withdrawn_task_key = compared.withdrawn_task_key and pairs.task_key = compared.task_key
)

select * from listed
