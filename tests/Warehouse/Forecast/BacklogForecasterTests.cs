using Warehouse.Forecast;
using Xunit;

namespace Tests.Forecast;

/// <summary>Forecasts over counts that are made up: one agency, one source.</summary>
public sealed class BacklogForecasterTests
{
    static readonly ForecastPlan Plan = new(new(2025, 12, 31), Months: 24);

    /// <summary>Every task comes with a term of 30 days; in a day one of a hundred open ones is closed, whatever its position.</summary>
    static BacklogHistory History(Func<DateOnly, long> open, long arrivals = 0)
    {
        var counts = Plan.Days.SelectMany(day => new[] { Count(day, -10, open(day)), Count(day, 5, open(day) / 4) });
        var exposures = Plan.Days.Select(day => new Exposure { Day = day, SourceKey = 1, ProvinceKey = 1, AgencyKey = 1, Class = Pace.Due, Low = -100_000, High = 100_000, Days = 1_000_000, Closed = 10_000 });
        var days = Enumerable.Range(0, 365 * 5).Select(back => Plan.AsOf.AddDays(-back));
        return new(counts.ToLookup(each => each.Day), exposures.ToLookup(each => each.Day), arrivals == 0 ? [] : [.. days.Select(day => new Arrival { SourceKey = 1, ProvinceKey = 1, AgencyKey = 1, Assigned = day, Seen = day, Term = 30, Tasks = arrivals })]);
    }

    static OpenCount Count(DateOnly day, int position, long tasks) => new() { Day = day, SourceKey = 1, ProvinceKey = 1, AgencyKey = 1, Class = Pace.Due, Position = position, Tasks = tasks };

    [Fact]
    public void The_sum_is_of_the_chances_to_be_still_open()
    {
        var told = new BacklogModel(History(_ => 400), new(2025, 11, 30)).Expect(new(2025, 12, 31)).Values.Single();
        var stays = Math.Pow(0.99, 31);

        Assert.Equal(500 * stays, told.Open, 1.0);
        // After 31 days the tasks at -10 are overdue as well.
        Assert.Equal(500 * stays, told.Overdue, 1.0);
        Assert.Equal(500 * stays * (1 - stays), told.OpenVariance, 1.0);
    }

    [Fact]
    public void Tasks_that_are_to_be_expected_are_added()
    {
        var (none, some) = (new BacklogModel(History(_ => 400), new(2025, 11, 30)), new BacklogModel(History(_ => 400, arrivals: 10), new(2025, 11, 30)));
        var more = some.Expect(new(2025, 12, 31)).Values.Single().Open - none.Expect(new(2025, 12, 31)).Values.Single().Open;

        // Ten a day, each as long there as it has had days.
        Assert.Equal(Enumerable.Range(1, 31).Sum(days => 10 * Math.Pow(0.99, days)), more, 6.0);
    }

    [Fact]
    public void A_task_that_is_seen_later_is_not_known_yet()
    {
        var late = History(_ => 400, arrivals: 10);
        var hidden = late with { Arrivals = [.. late.Arrivals.Select(each => new Arrival { SourceKey = 1, ProvinceKey = 1, AgencyKey = 1, Assigned = each.Assigned, Seen = Plan.AsOf, Term = 30, Tasks = 10 })] };

        Assert.Equal(new BacklogModel(History(_ => 400), new(2025, 11, 30)).Expect(new(2025, 12, 31)), new BacklogModel(hidden, new(2025, 11, 30)).Expect(new(2025, 12, 31)));
    }

    [Fact]
    public void What_comes_true_after_an_origin_changes_nothing_of_what_it_told()
    {
        var until = new DateOnly(2025, 6, 30);
        var (usual, other) = (Tell(day => 400 + day.Month), Tell(day => day > until ? 4000 : 400 + day.Month));
        IEnumerable<(DateOnly, DateOnly, string, string, double, (double, double)?)> Of(IReadOnlyList<Told> told) => told.Where(each => each.AsOf <= until).Select(each => (each.AsOf, each.Target.Date, each.Level, each.Measure, each.Count, each.Most)).Order();

        Assert.Equal(Of(usual), Of(other));
        Assert.NotEqual(usual.Where(each => each.AsOf > until).Select(each => each.Count), other.Where(each => each.AsOf > until).Select(each => each.Count));
    }

    [Fact]
    public void Intervals_are_told_once_enough_has_come_true_and_widen_when_times_change()
    {
        var random = new Random(3);
        var told = Tell(day => 400 + random.Next(40) + (day.Year == 2025 ? random.Next(400) : 0)).Where(each => each.Level == Told.Whole && each.Measure == Told.Open && each.Target.Step == 1).OrderBy(each => each.AsOf).ToList();

        Assert.All(told.Take(BacklogForecaster.FewestMisses), each => Assert.Null(each.Most));
        Assert.All(told.Skip(BacklogForecaster.FewestMisses), each => Assert.NotNull(each.Most));
        double Width(Told each) => (each.Most!.Value.High - each.Most.Value.Low) / each.Spread;
        Assert.True(Width(told[^1]) > 1.5 * Width(told[BacklogForecaster.FewestMisses]));
        Assert.All(told.Where(each => each.Most is not null), each => Assert.InRange(each.Count, each.Half!.Value.Low, each.Half.Value.High));
    }

    [Fact]
    public void Where_the_sums_miss_the_count_of_the_day_serves()
    {
        // As many come as are closed, but nothing tells of those that come.
        var last = Tell(_ => 400).Single(each => each.AsOf == Plan.AsOf && each.Level == Told.Whole && each.Measure == Told.Open && each.Target.Step == 3);

        Assert.Equal(500, last.Count, 1.0);
    }

    static IReadOnlyList<Told> Tell(Func<DateOnly, long> open) => new BacklogForecaster(History(Remembering(open)), Plan, []).Tell();

    /// <summary>The same day has the same count, also where it is drawn by chance.</summary>
    static Func<DateOnly, long> Remembering(Func<DateOnly, long> open)
    {
        var known = Plan.Days.ToDictionary(day => day, open);
        return day => known[day];
    }
}
