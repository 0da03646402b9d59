-- One row per withdrawn task and task of a later programme that is, or reads like, the same one: for people to review.
-- kind: report
-- key: none
-- order: programme_year, -is_linked, -shared_words, withdrawn_code, task_code
-- title: Nhiệm vụ đã rút có trong Chương trình công tác năm sau | Withdrawn tasks that stand in the next year's programme
-- parameter min_score: whole = 80 | Least share of words in both titles, in percent, of those not linked by their source (60 to 100)
-- parameter province: province = | Province; every one where none is named
-- parameter agency: agency = | Agency of the task that entered again; every one where none is named
-- A withdrawn task is not to be taken into the next year's programme (S2-15). Nothing is counted or changed by this list.
with pairs as (
    select withdrawn_task_key, task_key, source_key, is_linked, shared_word_count, word_count, withdrawn_year,
        programme_year, withdrawn_date
    from analytics.programme_reentry
    where {in scope} and (is_linked = 1 or 100 * shared_word_count >= {min_score} * word_count)
),

tasks as (
    select task_key, agency_key, task_code, title
    from warehouse.fact_programme_task
),

asked as (
    select task_key, agency_key, task_code, title
    from warehouse.fact_programme_task
    where {in province} and {in agency}
),

answered as (
    select
        pairs.withdrawn_year,
        earlier.task_code as withdrawn_code,
        earlier.title as withdrawn_title,
        pairs.withdrawn_date,
        pairs.programme_year,
        asked.task_code,
        asked.title,
        dim_agency.agency_name,
        pairs.is_linked,
        pairs.shared_word_count as shared_words,
        pairs.shared_word_count as score_numerator,
        pairs.word_count as score_denominator
    from pairs
    join tasks as earlier on pairs.withdrawn_task_key = earlier.task_key
    join asked on pairs.task_key = asked.task_key
    join warehouse.dim_agency on asked.agency_key = dim_agency.agency_key
)

select * from answered
