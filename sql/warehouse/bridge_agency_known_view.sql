-- One row per view, agency version of today and timespan of knowledge, with the unit that the view showed in its place as the lists of then say.
-- kind: table
-- key: view_code, agency_key, known_from
-- As it was, too, for the unit may have been told otherwise. Of a unit that no list had told of by then, what is known now is shown.
-- Steps are followed as in bridge_agency_view.
with steps as (
    select
        here.step_no, here.view_code, here.known_from, here.agency_key, here.step_date,
        coalesce(there.step_no, here.step_no) as next_no
    from warehouse.bridge_agency_known_step as here
    left join warehouse.bridge_agency_known_step as there
        on here.next_key = there.agency_key
        and here.known_from = there.known_from
        and here.view_code = there.view_code
),

steps_2 as (
    select steps.step_no, later.next_no
    from steps
    join steps as later on steps.next_no = later.step_no
),

steps_4 as (
    select steps_2.step_no, later.next_no
    from steps_2
    join steps_2 as later on steps_2.next_no = later.step_no
),

steps_8 as (
    select steps_4.step_no, later.next_no
    from steps_4
    join steps_4 as later on steps_4.next_no = later.step_no
),

steps_16 as (
    select steps_8.step_no, later.next_no
    from steps_8
    join steps_8 as later on steps_8.next_no = later.step_no
),

steps_32 as (
    select steps_16.step_no, later.next_no
    from steps_16
    join steps_16 as later on steps_16.next_no = later.step_no
),

steps_64 as (
    select steps_32.step_no, later.next_no
    from steps_32
    join steps_32 as later on steps_32.next_no = later.step_no
),

followed as (
    select
        steps.view_code, steps.known_from, steps.agency_key,
        case when ends.next_no = ends.step_no then ends.agency_key else steps.agency_key end as shown_agency_key,
        case when ends.next_no = ends.step_no then steps.step_date end as since_date
    from steps_64
    join steps on steps_64.step_no = steps.step_no
    join steps as ends on steps_64.next_no = ends.step_no
),

newest as (
    select view_code, agency_key, shown_agency_key, since_date
    from warehouse.bridge_agency_view
    union all
    select 'as_was' as view_code, agency_key, agency_key as shown_agency_key, cast(null as date) as since_date
    from warehouse.dim_agency
),

shown as (
    select
        newest.view_code, newest.agency_key, days.known_from, days.known_to,
        case
            when known.agency_key is null then newest.shown_agency_key
            else coalesce(followed.shown_agency_key, known.known_agency_key)
        end as shown_agency_key,
        case when known.agency_key is null then newest.since_date else followed.since_date end as since_date
    from newest
    cross join staging.agency_knowledge_day as days
    left join staging.agency_known_version as known
        on newest.agency_key = known.agency_key
        and days.known_from = known.known_from
    left join followed
        on known.known_agency_key = followed.agency_key
        and known.known_from = followed.known_from
        and newest.view_code = followed.view_code
)

select * from shown
