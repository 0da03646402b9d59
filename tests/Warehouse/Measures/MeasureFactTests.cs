using Warehouse.Measures;
using Xunit;

namespace Tests.Measures;

/// <summary>What measures of what happened refuse, and why.</summary>
public sealed class MeasureFactTests
{
    static readonly MeasureCatalog Catalog = MeasureCatalog.Load();

    [Theory]
    [InlineData("open", "month", "open has no month")]
    [InlineData("completions", "completed_year", "completions has no completed_year")]
    [InlineData("backlog_closing", "month,task_kind", "backlog_closing has no task_kind")]
    [InlineData("backlog_closing", "assigned_year", "backlog_closing is of each month and is not added up over them: split it by month")]
    public void A_measure_is_split_only_by_what_its_table_knows(string measure, string by, string message)
    {
        var asked = Catalog.Measure(measure);

        var error = Assert.Throws<CatalogException>(() => Catalog.FactOf(asked).Check(asked, [.. by.Split(',').Select(Catalog.Dimension)], []));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_month_is_that_of_the_fact_s_own_day()
    {
        var month = Catalog.Dimension("month");

        Assert.Equal("fn.month_start(flow_date)", Catalog.FactOf(Catalog.Measure("completions")).Sql(month));
        Assert.Equal("fn.month_start(setback_date)", Catalog.FactOf(Catalog.Measure("reassignments")).Sql(month));
    }
}
