-- One row per printed figure, as it was delivered last.
-- kind: view
-- key: total_code, item_code
with deliveries as (
    select
        published_total.total_code, published_total.item_code, published_total.place_name, published_total.printed_text,
        published_total.reference_text, published_total.source_key, published_total.province_key,
        published_total.printed_value, published_total.tolerance, published_total.is_compared,
        published_total.period_from, published_total.period_to, published_total.as_of_date,
        row_number() over (
            partition by published_total.total_code, published_total.item_code
            order by
                coalesce(batch.extract_date, cast('1900-01-01' as date)) desc, published_total.load_key,
                published_total.row_no
        ) as recency
    from raw.published_total
    join raw.batch on published_total.load_key = batch.load_key
),

newest as (
    select
        total_code, item_code, place_name, printed_text, reference_text, source_key, province_key, printed_value,
        tolerance, is_compared, period_from, period_to, as_of_date
    from deliveries
    where recency = 1
)

select * from newest
