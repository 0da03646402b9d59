-- Functions of schema fn in PostgreSQL's dialect; duckdb.sql and sqlserver.sql hold the same ones.
create schema if not exists fn;
create or replace function fn.days_between(from_date date, to_date date) returns integer
    language sql immutable parallel safe return to_date - from_date;
create or replace function fn.add_days(from_date date, days integer) returns date
    language sql immutable parallel safe return from_date + days;
create or replace function fn.year_of(of_date date) returns integer
    language sql immutable parallel safe return cast(extract(year from of_date) as integer);
create or replace function fn.year_start(of_date date) returns date
    language sql immutable parallel safe return cast(date_trunc('year', cast(of_date as timestamp)) as date);
create or replace function fn.quarter_start(of_date date) returns date
    language sql immutable parallel safe return cast(date_trunc('quarter', cast(of_date as timestamp)) as date);
create or replace function fn.month_start(of_date date) returns date
    language sql immutable parallel safe return cast(date_trunc('month', cast(of_date as timestamp)) as date);
create or replace function fn.month_end(of_date date) returns date
    language sql immutable parallel safe
    return cast(date_trunc('month', cast(of_date as timestamp)) + interval '1 month' - interval '1 day' as date);
create or replace function fn.hours_between(from_at timestamp, to_at timestamp) returns double precision
    language sql immutable parallel safe return extract(epoch from to_at - from_at) / 3600;
create or replace function fn.start_of_day(of_date date) returns timestamp
    language sql immutable parallel safe return cast(of_date as timestamp);
