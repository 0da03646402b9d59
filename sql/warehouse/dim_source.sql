-- One row per feed: whose rows it delivers and in which scope they count.
-- kind: table
-- key: source_key
with sources as (
    select
        source_key, feed_code, system_code, source_name, source_name_en, scope_code, kind_code, time_zone, licence,
        category_1_label, category_2_label, category_3_label, category_4_label,
        category_5_label, category_6_label, category_7_label, category_8_label,
        is_generated, is_trend_only
    from raw.source
)

select * from sources
