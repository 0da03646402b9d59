-- One row per closed unit, successor and timespan of knowledge, as the source's own list of agencies says.
-- kind: table
-- key: from_agency_key, to_agency_key, known_from
-- One successor takes everything over. Of several none is named as the main one, so none gets the weight (DOMAIN.md 3.4).
with successors as (
    select
        agency_succession.source_key, agency_succession.from_agency_code, agency_succession.to_agency_id,
        agency_telling.known_from, agency_telling.known_to,
        count(*) over (partition by agency_succession.from_agency_code, agency_telling.known_from) as receiver_count
    from raw.agency_succession
    join staging.agency_telling
        on agency_succession.from_agency_code = agency_telling.agency_code
        and agency_succession.load_key = agency_telling.load_key
),

-- Who took over on the first day after the end: the version of that day, or the next one.
linked as (
    select
        old_unit.version_key as from_agency_key, new_unit.version_key as to_agency_key, successors.receiver_count,
        case
            when old_unit.valid_to < cast('9999-12-31' as date) and old_unit.valid_to > new_unit.valid_from
                then old_unit.valid_to
            else new_unit.valid_from
        end as effective_date,
        case
            when successors.known_from >= old_unit.known_from and successors.known_from >= new_unit.known_from
                then successors.known_from
            when old_unit.known_from >= new_unit.known_from then old_unit.known_from
            else new_unit.known_from
        end as known_from,
        case
            when successors.known_to <= old_unit.known_to and successors.known_to <= new_unit.known_to
                then successors.known_to
            when old_unit.known_to <= new_unit.known_to then old_unit.known_to
            else new_unit.known_to
        end as known_to,
        row_number() over (
            partition by old_unit.version_key, successors.to_agency_id, successors.known_from, old_unit.known_from,
                new_unit.known_from
            order by new_unit.valid_from, new_unit.version_key
        ) as version_no
    from successors
    join staging.agency_known as old_unit
        on successors.from_agency_code = old_unit.agency_code
        and old_unit.is_last = 1
        and old_unit.known_from < successors.known_to
        and old_unit.known_to > successors.known_from
    join staging.agency_known as new_unit
        on successors.source_key = new_unit.source_key
        and successors.to_agency_id = new_unit.agency_id
        and new_unit.version_key <> old_unit.version_key
        and (new_unit.valid_to > old_unit.valid_to or old_unit.valid_to = cast('9999-12-31' as date))
        and new_unit.known_from < successors.known_to and new_unit.known_to > successors.known_from
        and new_unit.known_from < old_unit.known_to and new_unit.known_to > old_unit.known_from
),

told as (
    select
        from_agency_key, to_agency_key, min(effective_date) as effective_date,
        case when max(receiver_count) = 1 then 'merge' else 'abolished_split' end as relation_code,
        case when max(receiver_count) = 1 then 1 else 0 end as weight, known_from, max(known_to) as known_to
    from linked
    where version_no = 1
    group by from_agency_key, to_agency_key, known_from
)

select * from told
