using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Warehouse.Checks;
using Warehouse.Measures;
using Warehouse.Models;
using Warehouse.Reports;
using Xunit;

namespace Tests.Architecture;

/// <summary>Every SELECT of sql/ is one that DuckDB, PostgreSQL and SQL Server take alike.</summary>
public sealed partial class PortableSqlTests
{
    static readonly ModelFolder Folder = ModelFolder.Load();

    public static TheoryData<string> Models()
    {
        var data = new TheoryData<string>();
        foreach (var model in Folder.Models) data.Add(model.FullName);
        return data;
    }

    [Theory, MemberData(nameof(Models))]
    public void A_model_is_portable(string name) => Assert.Empty(TransactSql.FaultsOf(Folder.Find(name)!.Sql));

    [Theory, MemberData(nameof(Models))]
    public void Checks_of_a_model_are_portable(string name)
    {
        var model = Folder.Find(name)!;
        var derived = DerivedChecks.Of(model, ["is_open", "has_deadline", "province_key", .. model.Key], Folder);
        var path = Path.ChangeExtension(model.Path, ".checks.sql");
        var written = File.Exists(path) ? Check.ParseFile(path, name, File.ReadAllText(path)) : [];

        Assert.Empty(derived.Concat(written).SelectMany(check => TransactSql.FaultsOf(check.Sql).Select(fault => $"{check.Name}: {fault}")));
    }

    public static TheoryData<string> Reports() => [.. ReportFolder.Load().Reports.Select(report => report.Name)];

    [Theory, MemberData(nameof(Reports))]
    public void A_report_is_portable(string name)
    {
        var report = ReportFolder.Load().Find(name);
        // A view takes no parameters: what stands for a value is a value here.
        string Literal(string parameter) => report.Parameters.FirstOrDefault(each => each.Name == parameter)?.Type switch
        {
            ParameterType.Whole => "1",
            null or ParameterType.Day => "cast('2023-04-24' as date)",
            _ => "'x'",
        };

        Assert.Empty(TransactSql.FaultsOf(ReportSql.Expand(report, MeasureCatalog.Load(), Literal)));
    }

    [Fact]
    public void Measures_and_dimensions_are_portable()
    {
        var catalog = MeasureCatalog.Load();
        var terms = catalog.Measures.Where(measure => measure.IsTerm);
        var values = terms.Select(term => (Fact: catalog.FactOf(term), Sql: $"case when {(term.Condition.Length > 0 ? term.Condition : "1 = 1")} then {(term.Amount.Length > 0 ? term.Amount : "1")} else 0 end"));
        var sums = values.Select(value => $"select sum({value.Sql}) as c from {value.Fact.Table} where {value.Fact.Filter}");
        var groups = catalog.Facts.SelectMany(fact => catalog.Dimensions.Where(fact.Has).Select(dimension => $"select {fact.Sql(dimension)} as d from {fact.Table} group by {fact.Sql(dimension)}"));

        Assert.Empty(sums.Concat(groups).SelectMany(sql => TransactSql.FaultsOf(sql.Replace("{as_of_working_day}", "1", StringComparison.Ordinal)).Select(fault => $"{sql}: {fault}")));
    }

    [Theory]
    [InlineData("select a from t limit 5")]
    [InlineData("select a::integer as a from t")]
    [InlineData("select sum(a) filter (where b = 1) as a from t")]
    [InlineData("select t.a from t join u using (a)")]
    [InlineData("select distinct on (a) b from t")]
    [InlineData("select a || b as c from t")]
    [InlineData("select current_timestamp as a from t")]
    [InlineData("select current_date as a, now() as b from t")]
    [InlineData("select cast(a as varchar) as a from t")]
    [InlineData("select cast(a as text) as a from t")]
    [InlineData("select cast(a as timestamp) as a from t")]
    [InlineData("select greatest(a, b) as a from t")]
    [InlineData("select a from t order by a")]
    public void What_not_every_engine_takes_is_found(string sql) => Assert.NotEmpty(TransactSql.FaultsOf(sql));

    [Fact]
    public void Every_engine_has_the_same_functions_with_the_same_parameters()
    {
        var duckdb = FunctionsOf("duckdb");

        Assert.NotEmpty(duckdb);
        Assert.Equal(duckdb, FunctionsOf("postgres"));
        Assert.Equal(duckdb, FunctionsOf("sqlserver"));
    }

    [Fact]
    public void Models_call_only_functions_that_there_are()
    {
        var known = FunctionsOf("duckdb").Select(function => function.Split('(')[0]).ToHashSet();
        var called = Folder.Models.Select(model => model.Sql).Concat(ReportFolder.Load().Reports.Select(report => report.Sql)).SelectMany(sql => Call().Matches(sql).Select(match => match.Groups["name"].Value)).ToHashSet();

        Assert.Subset(known, called);
    }

    [Fact]
    public void Functions_of_SQL_Server_are_one_return_each_so_that_the_builder_can_inline_them()
    {
        var script = (TSqlScript?)TransactSql.Parse(EngineFile("sqlserver"), out var faults);

        Assert.Empty(faults);
        var functions = script!.Batches.SelectMany(batch => batch.Statements).OfType<CreateFunctionStatement>().ToList();
        Assert.Equal(FunctionsOf("sqlserver").Count, functions.Count);
        Assert.All(functions, function => Assert.IsType<ReturnStatement>(Assert.Single(Assert.IsType<BeginEndBlockStatement>(Assert.Single(function.StatementList.Statements)).StatementList.Statements)));
    }

    /// <summary>As "days_between(from_date, to_date)", in alphabetical order.</summary>
    static List<string> FunctionsOf(string engine) =>
    [
        .. Definition().Matches(EngineFile(engine))
            .Select(match => $"{match.Groups["name"].Value}({string.Join(", ", match.Groups["parameters"].Value.Split(',').Select(parameter => parameter.Trim().TrimStart('@').Split(' ')[0]))})")
            .Order(StringComparer.Ordinal),
    ];

    static string EngineFile(string engine) => File.ReadAllText(Path.Combine(ModelFolder.Shipped, "engines", engine + ".sql"));

    [GeneratedRegex(@"create (?:or replace )?(?:macro|function) fn\.(?<name>\w+)\((?<parameters>[^()]*(?:\(\d+\)[^()]*)*)\)")]
    private static partial Regex Definition();

    [GeneratedRegex(@"\bfn\.(?<name>\w+)")]
    private static partial Regex Call();
}
