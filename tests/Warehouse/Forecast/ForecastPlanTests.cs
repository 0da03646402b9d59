using Warehouse.Forecast;
using Xunit;

namespace Tests.Forecast;

public sealed class ForecastPlanTests
{
    [Fact]
    public void From_a_month_end_the_next_three_month_ends_are_forecast() =>
        Assert.Equal([new(2024, 2, 29), new(2024, 3, 31), new DateOnly(2024, 4, 30)], ForecastPlan.Targets(new(2024, 1, 31)).Select(target => target.Date));

    [Fact]
    public void From_within_a_month_its_own_end_is_the_first() =>
        Assert.Equal([new(2024, 1, 31), new(2024, 2, 29), new DateOnly(2024, 3, 31)], ForecastPlan.Targets(new(2024, 1, 15)).Select(target => target.Date));

    [Fact]
    public void Origins_before_a_month_end_are_month_ends()
    {
        var plan = new ForecastPlan(new(2024, 4, 30), Months: 3);

        Assert.Equal([new(2024, 1, 31), new(2024, 2, 29), new(2024, 3, 31), new DateOnly(2024, 4, 30)], plan.Origins);
        Assert.DoesNotContain(plan.Days, day => day > plan.AsOf);
    }

    [Fact]
    public void A_conference_is_as_wide_as_the_month_end_nearest_to_it() => Assert.Equal(2, ForecastPlan.StepOf(new(2024, 1, 31), new(2024, 3, 25)));
}
