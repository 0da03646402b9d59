-- One row per view, agency version of today and timespan of knowledge, with the unit that the view showed in its place as the lists of then say.
-- kind: table
-- key: view_code, agency_key, known_from
-- as_is: who has its tasks. panel: who had them on 1 July 2025, when the 34 provinces began. As it was, too, for the unit may have been told
-- otherwise. Of a unit that no list had told of by then, what is known now is shown.
-- Steps are followed by doubling them six times: 64 reorganisations. Units that take over from each other in a circle stay themselves.
with steps as (
    select
        here.step_no, here.view_code, here.known_from, here.agency_key,
        coalesce(there.step_no, here.step_no) as next_no,
        case when there.step_no is not null then here.step_date end as step_date
    from warehouse.bridge_agency_step as here
    left join warehouse.bridge_agency_step as there
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
        case when ends.next_no = ends.step_no then 0 else 1 end as is_circular,
        case when ends.next_no = ends.step_no then steps.step_date end as since_date
    from steps_64
    join steps on steps_64.step_no = steps.step_no
    join steps as ends on steps_64.next_no = ends.step_no
),

days as (
    select known_from, known_to, max(known_from) over () as newest_from
    from staging.agency_knowledge_day
),

told as (
    select
        dim_agency.agency_key, days.known_from, days.known_to,
        coalesce(known.known_agency_key, dim_agency.agency_key) as version_key,
        case when known.agency_key is null then days.newest_from else days.known_from end as told_from
    from warehouse.dim_agency
    cross join days
    left join staging.agency_known_version as known
        on dim_agency.agency_key = known.agency_key
        and days.known_from = known.known_from
),

views as (
    select 'as_was' as view_code
    union all
    select 'as_is' as view_code
    union all
    select 'panel' as view_code
),

shown as (
    select
        views.view_code, told.agency_key, told.known_from, told.known_to,
        coalesce(followed.shown_agency_key, told.version_key) as shown_agency_key,
        coalesce(followed.is_circular, 0) as is_circular, followed.since_date
    from told
    cross join views
    left join followed
        on told.version_key = followed.agency_key
        and told.told_from = followed.known_from
        and views.view_code = followed.view_code
)

select * from shown
