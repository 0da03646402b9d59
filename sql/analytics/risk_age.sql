-- One row per stretch of a task's age in days, from low_days up to the day before high_days, in which tasks are closed about as fast.
-- kind: view
-- key: age_no
with stretches as (
    select 0 as age_no, 0 as low_days, 1 as high_days
    union all select 1, 1, 2
    union all select 2, 2, 3
    union all select 3, 3, 5
    union all select 4, 5, 7
    union all select 5, 7, 10
    union all select 6, 10, 14
    union all select 7, 14, 21
    union all select 8, 21, 28
    union all select 9, 28, 42
    union all select 10, 42, 56
    union all select 11, 56, 70
    union all select 12, 70, 91
    union all select 13, 91, 126
    union all select 14, 126, 182
    union all select 15, 182, 365
    union all select 16, 365, 100000
)

select * from stretches
