-- One row per unit that ended, successor and timespan of knowledge, chosen of what the names allow.
-- kind: table
-- key: from_agency_key, to_agency_key, known_from
with found as (
    select
        from_agency_key, to_agency_key, effective_date, relation_code, evidence_code, weight, rank_no, change_no,
        is_other_source, agency_code, old_known_from, old_known_to, new_known_from, new_known_to
    from staging.agency_succession_rule
),

-- A unit hands everything over once: the earliest time, and of several units of the right name to one, its own system's first.
ordered as (
    select
        from_agency_key, to_agency_key,
        row_number() over (
            partition by from_agency_key
            order by effective_date, rank_no, is_other_source, agency_code, to_agency_key
        ) as choice_no
    from found
    where weight = 1
),

chosen as (
    select from_agency_key, to_agency_key
    from ordered
    where choice_no = 1
),

-- What one province did goes before the pattern of all of them.
ranked as (
    select
        found.from_agency_key, found.to_agency_key, found.effective_date, found.relation_code, found.evidence_code,
        found.weight,
        case when old_known_from >= new_known_from then old_known_from else new_known_from end as known_from,
        case when old_known_to <= new_known_to then old_known_to else new_known_to end as known_to,
        row_number() over (
            partition by found.from_agency_key, found.to_agency_key, old_known_from, new_known_from
            order by found.weight desc, found.effective_date, rank_no, change_no
        ) as preference
    from found
    left join chosen
        on found.from_agency_key = chosen.from_agency_key
        and found.to_agency_key = chosen.to_agency_key
    where found.weight = 0 or chosen.to_agency_key is not null
),

ruled as (
    select from_agency_key, to_agency_key, effective_date, relation_code, evidence_code, weight, known_from, known_to
    from ranked
    where preference = 1
)

select * from ruled
