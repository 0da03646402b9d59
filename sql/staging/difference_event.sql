-- One row per event that successive extracts tell by their difference, of what a source records no events of itself.
-- kind: table
-- key: event_key
-- slice: task_key
-- The key is the task's with the number of the delivery and of the kind of difference, below 0 where no key of a source is.
with deliveries as (
    select
        task_delivery.*,
        coalesce(recorded.tells_lifecycle, 0) as tells_lifecycle,
        coalesce(recorded.tells_deadline, 0) as tells_deadline,
        coalesce(recorded.tells_agency, 0) as tells_agency,
        lag(due_date) over (partition by task_delivery.task_key order by delivery_no) as earlier_due_date,
        lag(due_at) over (partition by task_delivery.task_key order by delivery_no) as earlier_due_at,
        lag(agency_name_key) over (partition by task_delivery.task_key order by delivery_no) as earlier_agency_name_key
    from staging.task_delivery
    left join staging.recorded_aspect as recorded on task_delivery.task_key = recorded.task_key
),

-- How the task was when it was first delivered; what changed later is told from it.
beginnings as (
    select
        task_key, delivery_no, 0 as kind_no, load_key, source_key, row_no, extract_date, 'assigned' as event_code,
        case
            when tells_lifecycle = 1 then null
            when state_code in ('completed', 'withdrawn', 'recalled', 'transferred', 'deleted', 'awaiting_confirmation')
                then 'in_progress'
            else state_code
        end as lifecycle_code,
        case when tells_agency = 0 then agency_name_key end as agency_name_key,
        assigned_date as event_date, assigned_at as event_at,
        case when tells_deadline = 0 then due_date end as due_date,
        case when tells_deadline = 0 then overdue_date end as overdue_date,
        case when tells_deadline = 0 then due_at end as due_at,
        case when tells_deadline = 0 then due_date end as old_due_date,
        case when tells_deadline = 0 then 1 else 0 end as is_new_deadline,
        case when tells_agency = 0 and agency_name_key is not null then 1 else 0 end as is_hand_over
    from deliveries
    where delivery_no = 1
),

deadlines as (
    select
        task_key, delivery_no, 1 as kind_no, load_key, source_key, row_no, extract_date,
        case when due_date > earlier_due_date then 'extended' else 'deadline_changed' end as event_code,
        case when 1 = 0 then state_code end as lifecycle_code,
        case when 1 = 0 then agency_name_key end as agency_name_key,
        extract_date as event_date, case when 1 = 0 then due_at end as event_at, due_date, overdue_date, due_at,
        earlier_due_date as old_due_date, 1 as is_new_deadline, 0 as is_hand_over
    from deliveries
    where delivery_no > 1 and tells_deadline = 0
        and (coalesce(due_date, cast('1900-01-01' as date)) <> coalesce(earlier_due_date, cast('1900-01-01' as date))
            or coalesce(due_at, fn.start_of_day(cast('1900-01-01' as date)))
                <> coalesce(earlier_due_at, fn.start_of_day(cast('1900-01-01' as date))))
),

hand_overs as (
    select
        task_key, delivery_no, 2 as kind_no, load_key, source_key, row_no, extract_date, 'handed_over' as event_code,
        case when 1 = 0 then state_code end as lifecycle_code, agency_name_key, extract_date as event_date,
        case when 1 = 0 then due_at end as event_at, case when 1 = 0 then due_date end as due_date,
        case when 1 = 0 then due_date end as overdue_date, case when 1 = 0 then due_at end as due_at,
        case when 1 = 0 then due_date end as old_due_date, 0 as is_new_deadline, 1 as is_hand_over
    from deliveries
    where delivery_no > 1 and tells_agency = 0 and agency_name_key is not null
        and coalesce(earlier_agency_name_key, 0) <> agency_name_key
),

events as (
    select * from beginnings
    union all
    select * from deadlines
    union all
    select * from hand_overs
    union all
    select * from staging.difference_lifecycle
),

keyed as (
    select
        -((task_key % 100000000000000) * 90000 + (delivery_no % 9000) * 10 + kind_no) as event_key,
        task_key, load_key, source_key, agency_name_key, row_no, event_code, lifecycle_code, event_date, event_at,
        due_date, overdue_date, due_at, old_due_date, extract_date,
        is_new_deadline, is_hand_over
    from events
)

select * from keyed
