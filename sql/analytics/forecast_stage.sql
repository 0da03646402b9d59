-- One row per stretch of positions that open tasks pass through, in which they are closed about as fast; from low_days up to the day before high_days.
-- kind: view
-- key: class_code, stage_no
-- due: days since the first overdue day, below 0 before it; none: days since the assignment; waiting: reported, days since then.
with stages as (
    select 'due' as class_code, 0 as stage_no, -100000 as low_days, -120 as high_days
    union all select 'due', 1, -120, -60
    union all select 'due', 2, -60, -30
    union all select 'due', 3, -30, -14
    union all select 'due', 4, -14, -7
    union all select 'due', 5, -7, -3
    union all select 'due', 6, -3, -1
    union all select 'due', 7, -1, 0
    union all select 'due', 8, 0, 3
    union all select 'due', 9, 3, 7
    union all select 'due', 10, 7, 14
    union all select 'due', 11, 14, 30
    union all select 'due', 12, 30, 60
    union all select 'due', 13, 60, 90
    union all select 'due', 14, 90, 180
    union all select 'due', 15, 180, 365
    union all select 'due', 16, 365, 100000
    union all select 'none', 0, 0, 14
    union all select 'none', 1, 14, 30
    union all select 'none', 2, 30, 60
    union all select 'none', 3, 60, 120
    union all select 'none', 4, 120, 365
    union all select 'none', 5, 365, 100000
    union all select 'waiting', 0, 0, 7
    union all select 'waiting', 1, 7, 30
    union all select 'waiting', 2, 30, 100000
)

select * from stages
