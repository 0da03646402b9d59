-- One row per source whose tasks make a backlog: the day of its newest extract of tasks or events, beyond which nothing is said.
-- kind: view
-- key: source_key
-- Sources that deliver closed cases only have no backlog.
with reaches as (
    select source.source_key, max(batch.extract_date) as newest_date
    from raw.source
    join raw.batch on source.source_key = batch.source_key
    where source.is_trend_only = 0 and batch.record_code like 'task%'
    group by source.source_key
)

select * from reaches
