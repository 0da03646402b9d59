-- One row per unit that ended, unit that took over from it and timespan of knowledge; weight 1 marks the one that took the tasks.
-- kind: table
-- key: from_agency_key, to_agency_key, known_from
-- What a source says of its own units stands before what follows from names. Weight 0: a receiver of a part, nobody named it as
-- the main one (is_estimated); the unit is then its own last name. What is known now has the open known_to.
with told_units as (
    select from_agency_key
    from staging.agency_succession_told
    group by from_agency_key
),

successions as (
    select
        from_agency_key, to_agency_key, relation_code, 'source' as evidence_code, weight, effective_date,
        known_from, known_to
    from staging.agency_succession_told
    union all
    select
        ruled.from_agency_key, ruled.to_agency_key, ruled.relation_code, ruled.evidence_code, ruled.weight,
        ruled.effective_date, ruled.known_from, ruled.known_to
    from staging.agency_succession_ruled as ruled
    left join told_units on ruled.from_agency_key = told_units.from_agency_key
    where told_units.from_agency_key is null
),

weighted as (
    select successions.*, case when weight = 1 then 0 else 1 end as is_estimated
    from successions
),

-- Knowledge that goes on unchanged is one span.
compared as (
    select
        weighted.*,
        lag(known_to) over (partition by from_agency_key, to_agency_key order by known_from) as earlier_known_to,
        lag(effective_date) over (partition by from_agency_key, to_agency_key order by known_from)
            as earlier_effective_date,
        lag(relation_code) over (partition by from_agency_key, to_agency_key order by known_from)
            as earlier_relation_code
    from weighted
),

numbered as (
    select
        compared.*,
        sum(
            case
                when earlier_known_to = known_from and earlier_effective_date = effective_date
                    and earlier_relation_code = relation_code then 0
                else 1
            end
        ) over (partition by from_agency_key, to_agency_key order by known_from rows unbounded preceding) as span_no
    from compared
),

spans as (
    select
        from_agency_key, to_agency_key, relation_code, min(evidence_code) as evidence_code, weight, is_estimated,
        effective_date, min(known_from) as known_from, max(known_to) as known_to
    from numbered
    group by from_agency_key, to_agency_key, relation_code, weight, is_estimated, effective_date, span_no
)

select * from spans
