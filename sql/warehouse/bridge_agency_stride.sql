-- One row per step of bridge_agency_step, with the step that is reached from it by eight.
-- kind: table
-- key: step_no
-- A table, for PostgreSQL knows how many rows a table's number finds, and of a result in between it does not.
with strides as (
    select step_1.step_no, step_8.next_no
    from warehouse.bridge_agency_step as step_1
    join warehouse.bridge_agency_step as step_2 on step_1.next_no = step_2.step_no
    join warehouse.bridge_agency_step as step_3 on step_2.next_no = step_3.step_no
    join warehouse.bridge_agency_step as step_4 on step_3.next_no = step_4.step_no
    join warehouse.bridge_agency_step as step_5 on step_4.next_no = step_5.step_no
    join warehouse.bridge_agency_step as step_6 on step_5.next_no = step_6.step_no
    join warehouse.bridge_agency_step as step_7 on step_6.next_no = step_7.step_no
    join warehouse.bridge_agency_step as step_8 on step_7.next_no = step_8.step_no
)

select * from strides
