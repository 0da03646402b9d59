-- One row per load: the audit dimension on every fact. received = accepted + quarantined + withheld; unchanged is a part of accepted.
-- kind: table
-- key: load_key
with loads as (
    select
        load_key, source_key, record_code, part_name, identity_text,
        received_count, accepted_count, quarantined_count, withheld_count, coalesce(unchanged_count, 0) as unchanged_count,
        extract_date
    from raw.batch
)

select * from loads
