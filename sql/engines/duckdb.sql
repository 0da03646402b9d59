-- Functions of schema fn in DuckDB's dialect; postgres.sql and sqlserver.sql hold the same ones.
create schema if not exists fn;
create or replace macro fn.days_between(from_date, to_date) as cast(to_date - from_date as integer);
create or replace macro fn.add_days(from_date, days) as cast(from_date + cast(days as integer) as date);
create or replace macro fn.year_of(of_date) as cast(year(of_date) as integer);
create or replace macro fn.year_start(of_date) as cast(date_trunc('year', of_date) as date);
create or replace macro fn.quarter_start(of_date) as cast(date_trunc('quarter', of_date) as date);
create or replace macro fn.month_start(of_date) as cast(date_trunc('month', of_date) as date);
create or replace macro fn.month_end(of_date) as last_day(of_date);
create or replace macro fn.start_of_day(of_date) as cast(of_date as timestamp);
create or replace macro fn.hours_between(from_at, to_at) as epoch(to_at - from_at) / 3600;
