-- One row per source whose tasks make a backlog: the day of its newest extract of tasks or events, beyond which nothing is said.
-- kind: view
-- key: source_key
-- Sources that deliver closed cases only have no backlog.
with reaches as (
    select dim_source.source_key, max(dim_load.extract_date) as newest_date
    from warehouse.dim_source
    join warehouse.dim_load on dim_source.source_key = dim_load.source_key
    where dim_source.is_trend_only = 0 and dim_load.record_code like 'task%'
    group by dim_source.source_key
)

select * from reaches
