-- One row per day for whose beginning features of the risk model are asked; empty but for the time of a prediction or a backtest.
-- kind: view
-- key: landmark_date
with landmarks as (
    select landmark_date
    from raw.landmark
    group by landmark_date
)

select * from landmarks
