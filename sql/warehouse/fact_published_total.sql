-- One row per figure that an authority printed: what the warehouse and the print itself are held against.
-- kind: table
-- key: total_code, item_code
with figures as (
    select
        total_code, item_code, place_name, printed_text, reference_text, source_key,
        coalesce(province_key, 0) as province_key, printed_value, tolerance, coalesce(is_compared, 0) as is_compared, period_from, period_to,
        as_of_date
    from staging.published_total
)

select * from figures
