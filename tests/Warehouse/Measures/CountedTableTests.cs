using System.Globalization;
using Warehouse.Measures;
using Xunit;

namespace Tests.Measures;

/// <summary>Which questions counts made in advance answer, and which day's counts stand for a day.</summary>
public sealed class CountedTableTests
{
    static readonly MeasureCatalog Catalog = MeasureCatalog.Load();

    static readonly ExactDays Exact = new() { From = new(2026, 7, 1), YearAgoFrom = new(2025, 7, 1), YearAgoTo = new(2025, 9, 30) };

    [Theory]
    [InlineData("open_overdue", true)]
    [InlineData("completed_late", true)]
    [InlineData("due_soon", false)]
    public void It_knows_what_it_has_the_columns_of(string measure, bool isKnown) => Assert.Equal(isKnown, Catalog.Counted!.Knows(Catalog.Measure(measure)));

    [Theory]
    [InlineData("is_open = 1 and overdue_from <= {as_of}", true)]
    [InlineData("is_completed = 1 and overdue_from <= {as_of}", false)]
    [InlineData("is_open = 1 and has_deadline = 1 or overdue_from <= {as_of}", false)]
    public void When_a_task_became_overdue_it_knows_of_open_ones_only(string condition, bool isKnown) =>
        Assert.Equal(isKnown, Catalog.Counted!.Knows(Catalog.Measure("open_overdue") with { Condition = condition }));

    [Theory]
    [InlineData("2026-09-02", "2026-09-02")]
    [InlineData("2026-07-01", "2026-07-01")]
    [InlineData("2026-06-30", "2026-06-30")]
    [InlineData("2026-06-29", "2026-05-31")]
    [InlineData("2025-09-30", "2025-09-30")]
    [InlineData("2025-10-01", "2025-09-30")]
    [InlineData("2025-08-15", "2025-08-15")]
    [InlineData("2024-08-15", "2024-07-31")]
    public void A_day_is_known_itself_or_by_the_month_end_before(string day, string counted) =>
        Assert.Equal(Day(counted), Exact.CountedDay(Day(day)));

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public void Flows_by_month_know_their_kind_and_nothing_else_of_a_flow()
    {
        var flow = Catalog.Measures.First(each => each.Fact == "flow" && each.Kind == MeasureKind.Count);
        var months = Catalog.FactOf(flow).Counted!;
        Assert.True(months.Knows(flow));
        Assert.False(months.Knows(flow with { Condition = "flow_code = 'new' and age_days > 3" }));
    }
}
