-- One row per view, agency version of today and timespan of knowledge, with the unit that the view showed in its place as the lists of then say.
-- kind: table
-- key: view_code, agency_key, known_from
-- as_is: who has its tasks. panel: who had them on 1 July 2025, when the 34 provinces began. As it was, too, for the unit may have been told
-- otherwise. Of a unit that no list had told of by then, what is known now is shown.
-- Eight strides are 64 reorganisations. Units that take over from each other in a circle stay themselves.
with followed as (
    select
        step.view_code, step.known_from, step.agency_key,
        case when ends.next_no = ends.step_no then ends.next_key else step.agency_key end as shown_agency_key,
        case when ends.next_no = ends.step_no then 0 else 1 end as is_circular,
        case when ends.next_no = ends.step_no then step.step_date end as since_date
    from warehouse.bridge_agency_step as step
    join warehouse.bridge_agency_stride as stride_1 on step.step_no = stride_1.step_no
    join warehouse.bridge_agency_stride as stride_2 on stride_1.next_no = stride_2.step_no
    join warehouse.bridge_agency_stride as stride_3 on stride_2.next_no = stride_3.step_no
    join warehouse.bridge_agency_stride as stride_4 on stride_3.next_no = stride_4.step_no
    join warehouse.bridge_agency_stride as stride_5 on stride_4.next_no = stride_5.step_no
    join warehouse.bridge_agency_stride as stride_6 on stride_5.next_no = stride_6.step_no
    join warehouse.bridge_agency_stride as stride_7 on stride_6.next_no = stride_7.step_no
    join warehouse.bridge_agency_stride as stride_8 on stride_7.next_no = stride_8.step_no
    join warehouse.bridge_agency_step as ends on stride_8.next_no = ends.step_no
),

days as (
    select source_key, known_from, known_to, max(known_from) over (partition by source_key) as newest_from
    from staging.agency_knowledge_day
),

told as (
    select
        dim_agency.agency_key, coalesce(days.known_from, cast('1900-01-01' as date)) as known_from,
        coalesce(days.known_to, cast('9999-12-31' as date)) as known_to,
        coalesce(known.known_agency_key, dim_agency.agency_key) as version_key,
        case when known.agency_key is null then days.newest_from else days.known_from end as told_from
    from warehouse.dim_agency
    left join days on dim_agency.source_key = days.source_key
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
