-- Functions of schema fn in SQL Server's dialect; duckdb.sql and postgres.sql hold the same ones.
-- The builder does not call them: it writes what each returns into the model's text, with the arguments in place of the
-- parameters, because SQL Server calls a scalar function row by row. So the body of each is one "return".
-- The functions are created all the same, for people who write SQL by hand.
if schema_id('fn') is null exec('create schema fn')
go
drop function if exists fn.days_between
go
create function fn.days_between(@from_date date, @to_date date) returns integer
as begin return datediff(day, @from_date, @to_date) end
go
drop function if exists fn.add_days
go
create function fn.add_days(@from_date date, @days integer) returns date
as begin return dateadd(day, @days, @from_date) end
go
drop function if exists fn.year_of
go
create function fn.year_of(@of_date date) returns integer
as begin return year(@of_date) end
go
drop function if exists fn.year_start
go
create function fn.year_start(@of_date date) returns date
as begin return datefromparts(year(@of_date), 1, 1) end
go
drop function if exists fn.quarter_start
go
create function fn.quarter_start(@of_date date) returns date
as begin return datefromparts(year(@of_date), (month(@of_date) - 1) / 3 * 3 + 1, 1) end
go
drop function if exists fn.month_start
go
create function fn.month_start(@of_date date) returns date
as begin return datefromparts(year(@of_date), month(@of_date), 1) end
go
drop function if exists fn.month_end
go
create function fn.month_end(@of_date date) returns date
as begin return eomonth(@of_date) end
go
drop function if exists fn.start_of_day
go
create function fn.start_of_day(@of_date date) returns datetime2(6)
as begin return cast(@of_date as datetime2(6)) end
go
drop function if exists fn.hours_between
go
create function fn.hours_between(@from_at datetime2(6), @to_at datetime2(6)) returns double precision
as begin return datediff_big(microsecond, @from_at, @to_at) / cast(3600000000 as double precision) end
go
