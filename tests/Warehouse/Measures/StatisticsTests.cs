using Warehouse.Measures;
using Xunit;

namespace Tests.Measures;

/// <summary>What pages compute from counts.</summary>
public sealed class StatisticsTests
{
    [Theory]
    [InlineData(682, 916, 0.7154, 0.7718)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(1, 1, 0.20655, 1)]
    public void Wilsons_interval_is_the_published_one(long count, long of, double low, double high)
    {
        var (below, above) = Wilson.Interval(count, of)!.Value;
        Assert.Equal(low, below, 0.0001);
        Assert.Equal(high, above, 0.0001);
    }

    [Fact]
    public void There_is_no_interval_of_nothing() => Assert.Null(Wilson.Interval(0, 0));

    [Fact]
    public void A_place_with_harder_tasks_is_not_ranked_below_for_them()
    {
        // Both keep 9 of 10 easy and 5 of 10 hard ones; one has more of the hard.
        var rates = Standardised.Rates([("A", "easy", 90, 100), ("A", "hard", 5, 10), ("B", "easy", 9, 10), ("B", "hard", 50, 100)]);
        Assert.Equal(rates["A"]!.Value, rates["B"]!.Value, 6);
        Assert.Equal(154.0 / 220, rates["A"]!.Value, 6);
        Assert.Null(Standardised.Rates([("A", "easy", 0, 0)])["A"]);
    }

    [Fact]
    public void Volume_mix_and_rate_add_exactly_to_the_change()
    {
        var before = new Dictionary<string, Group> { ["A"] = new(100, 10), ["B"] = new(50, 20), ["C"] = new(7, 3) };
        var after = new Dictionary<string, Group> { ["A"] = new(80, 9), ["B"] = new(90, 31), ["D"] = new(11, 2) };
        var effects = Effects.Of(before, after);
        Assert.Equal(9, effects.Change);
        Assert.Equal(effects.Change, effects.Volume + effects.Mix + effects.Rate, 9);
        var (volume, mix, rate) = effects.Rounded();
        Assert.Equal(9m, (decimal)volume + (decimal)mix + (decimal)rate);
    }

    [Fact]
    public void Only_what_changed_has_an_effect()
    {
        Dictionary<string, Group> Of(long a, long late, long b, long lateB) => new() { ["A"] = new(a, late), ["B"] = new(b, lateB) };
        Assert.Equal((15.0, 0.0, 0.0), Effects.Of(Of(100, 10, 50, 5), Of(200, 20, 100, 10)).Rounded());
        Assert.Equal((0.0, 0.0, 6.0), Effects.Of(Of(100, 10, 100, 10), Of(100, 13, 100, 13)).Rounded());
        var mix = Effects.Of(Of(100, 10, 100, 30), Of(50, 5, 150, 45));
        Assert.Equal((0.0, 10.0, 0.0), mix.Rounded());
        Assert.Equal((7.0, 0.0, 0.0), Effects.Of(new Dictionary<string, Group>(), Of(10, 7, 0, 0)).Rounded());
    }

    [Fact]
    public void The_score_is_the_weighted_mean_of_what_was_reached_at_most_one_and_a_quarter()
    {
        var targets = Targets.Load(MeasureCatalog.Load());
        double? Value(string name) => name switch { "completion_rate_of_assigned" => 0.45, "on_time_rate_of_completed" => 1.0, _ => 0.01 };
        Assert.Equal((0.5 + 1.25 + 1.0) / 3, targets.Score(Value)!.Value, 9);
        Assert.Null(targets.Score(_ => null));
        Assert.Equal(1.25, targets.Score(name => name == "on_time_rate_of_completed" ? 1.0 : null)!.Value, 9);
    }

    [Theory]
    [InlineData("no_such_rate: { target: 1, weight: 1 }", "no_such_rate")]
    [InlineData("open: { target: 90, weight: 1 }", "open is no rate")]
    [InlineData("on_time_rate_of_due: { target: 0, weight: 1 }", "needs a weight")]
    [InlineData("on_time_rate_of_due: { target: 75, weight: 0 }", "needs a weight")]
    [InlineData("overdue_rate_of_due: { target: 100, weight: 1 }", "leaves something")]
    [InlineData("on_time_rate_of_due: { targt: 1 }", "line 1")]
    public void Wrong_targets_are_refused(string text, string said)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        Assert.Contains(said, Assert.Throws<CatalogException>(() => Targets.Load(MeasureCatalog.Load(), path)).Message);
        File.Delete(path);
    }
}
