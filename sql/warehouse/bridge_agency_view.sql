-- One row per view and agency version, with the unit that the view shows in its place: exactly one, so sums are preserved.
-- kind: table
-- key: view_code, agency_key
-- As it was needs no row: every version is its own.
with shown as (
    select view_code, agency_key, shown_agency_key, is_circular, since_date
    from warehouse.bridge_agency_known_view
    where view_code <> 'as_was' and known_to = cast('9999-12-31' as date)
)

select * from shown
