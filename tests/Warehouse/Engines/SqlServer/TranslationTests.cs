using Tests.Architecture;
using Warehouse.Checks;
using Warehouse.Engines.SqlServer;
using Warehouse.Measures;
using Warehouse.Models;
using Warehouse.Reports;
using Xunit;

namespace Tests.SqlServer;

/// <summary>Portable SQL as SQL Server is sent it.</summary>
public sealed class TranslationTests
{
    const string Collated = "collate Latin1_General_100_BIN2";

    [Theory]
    [InlineData("select a from warehouse.fact_task where staging.x = 1", "select a from warehouse_b.fact_task where staging_b.x = 1")]
    [InlineData("select a from raw.task join slice_warehouse.fact on a = warehouse", "select a from raw.task join slice_warehouse.fact on a = warehouse")]
    [InlineData("staging.", "staging_b.")]
    [InlineData("select count(*) as n", "select count_big(*) as n")]
    [InlineData("select 'it''s' as a", $"select N'it''s' {Collated} as a")]
    [InlineData("select cast('2023-01-31' as date) as a", "select cast('2023-01-31' as date) as a")]
    [InlineData("select date '2023-01-31' as a", "select cast('2023-01-31' as date) as a")]
    [InlineData("select cast(a as varchar(40)) as b", $"select cast(a as nvarchar(40)) {Collated} as b")]
    [InlineData("select 1 from information_schema.tables where table_schema = @layer", "select 1 from INFORMATION_SCHEMA.TABLES where TABLE_SCHEMA = @layer")]
    [InlineData("create temporary table trial_row (a varchar(10), b date)", $"create table #trial_row (a nvarchar(10) {Collated}, b date)")]
    [InlineData("select trial_row.a from trial_row", "select #trial_row.a from #trial_row")]
    [InlineData("create view staging.v as\n-- One row per x.\nwith a as (select 1 as b)\n\nselect * from a", "create view staging_b.v as\nwith a as (select 1 as b)\n\nselect * from a")]
    [InlineData("create table raw.t as\nselect a, (select max(b) from u) as c from v", "select a, (select max(b) from u) as c\ninto raw.t\nfrom v")]
    [InlineData("create table raw.t as\nwith a as (select b from c)\n\nselect * from a union select d from e", "with a as (select b from c)\n\nselect *\ninto raw.t\nfrom a union select d from e")]
    [InlineData("insert into raw.t (a)\nwith b as (select 1 as a)\nselect a from b", "with b as (select 1 as a)\n\ninsert into raw.t (a)\nselect a from b")]
    [InlineData("insert into raw.t select a from b", "insert into raw.t\nselect a from b")]
    [InlineData("select * from (with a as (select 1 as b) select a.b from a) as x, a", "with a_1 as (select 1 as b)\n\nselect * from (select a_1.b from a_1) as x, a")]
    public void A_statement_is_written_as_SQL_Server_takes_it(string sql, string expected) => Assert.Equal(expected, Translation.Shipped.Translate(sql, "b"));

    [Theory]
    [InlineData("fn.days_between(a, b)", "datediff(day, a, b)")]
    [InlineData("fn.add_days(fn.month_start(max(a)), 1 - b)", "dateadd(day, ( 1 - b), (datefromparts(year((max(a))), month((max(a))), 1)))")]
    [InlineData("fn.month_end(t.a)", "eomonth((t.a))")]
    public void Functions_are_written_out(string call, string expected) => Assert.Equal($"select {expected} as x", Translation.Shipped.Translate($"select {call} as x", "a"));

    [Theory]
    [InlineData("fn.no_such(a)")]
    [InlineData("fn.add_days(a)")]
    public void A_call_that_no_function_answers_is_an_error(string call) => Assert.Throws<FormatException>(() => Translation.Shipped.Translate($"select {call} as x", "a"));

    public static TheoryData<string> Models() => [.. ModelFolder.Load().Models.Select(model => model.FullName)];

    [Theory, MemberData(nameof(Models))]
    public void A_model_parses_however_it_is_stored(string name)
    {
        var model = ModelFolder.Load().Find(name)!;
        string[] stored = [$"create view {name} as\n{model.Sql}", $"create table {name} as\n{model.Sql}", $"insert into {name}\n{model.Sql}", $"create table {name} as select * from (\n{model.Sql}\n) as shape where 1 = 0"];
        var checks = DerivedChecks.Of(model, ["is_open", "province_key", .. model.Key], ModelFolder.Load()).Select(check => check.Sql);

        Assert.All(stored.Concat(checks), Parses);
    }

    [Fact]
    public void Every_report_parses()
    {
        var catalog = MeasureCatalog.Load();
        foreach (var view in Enum.GetValues<UnitView>()) Assert.All(ReportFolder.Load().Reports, report => Parses(ReportSql.Expand(report, catalog, name => "@" + name, view)));
    }

    [Theory]
    [InlineData("drop schema if exists replay_raw cascade")]
    [InlineData("create schema slice_staging")]
    [InlineData("if not exists (select 1 from sys.indexes where object_id = object_id('warehouse_a.fact_task') and type = 5) create clustered columnstore index columns_of_fact on warehouse_a.fact_task")]
    public void What_makes_room_parses(string sql) => Parses(sql);

    static void Parses(string sql)
    {
        var sent = Translation.Shipped.Translate(sql, "a");
        TransactSql.Parse(sent, out var faults);
        Assert.True(faults.Count == 0, $"{string.Join("; ", faults)}\n{sent}");
    }
}
