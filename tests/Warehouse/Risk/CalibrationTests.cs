using Warehouse.Risk;
using Xunit;

namespace Tests.Risk;

public sealed class CalibrationTests
{
    static readonly Random Chance = new(7);

    /// <summary>Rows whose late share is the score bent by a function, over as many days.</summary>
    static (double[] Scores, double[] Labels, DateOnly[] Days) Rows(int count, Func<double, double> truth)
    {
        var random = new Random(3);
        double[] scores = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        return (scores, [.. scores.Select(score => random.NextDouble() < truth(score) ? 1.0 : 0)], [.. Enumerable.Range(0, count).Select(i => new DateOnly(2025, 1, 1).AddDays(i % 90))]);
    }

    [Fact]
    public void Scores_that_are_right_are_left_alone()
    {
        var (scores, labels, days) = Rows(4000, score => score);

        Assert.Equal("none", Calibration.Choose(scores, labels, days).Name);
    }

    [Fact]
    public void Scores_that_are_wrong_in_the_same_way_all_the_time_are_put_right()
    {
        var (scores, labels, days) = Rows(4000, score => 0.2 * score);
        var chosen = Calibration.Choose(scores, labels, days);

        Assert.NotEqual("none", chosen.Name);
        Assert.InRange(chosen.Apply(0.9), 0.13, 0.23);
    }

    [Fact]
    public void What_holds_in_one_half_of_the_time_only_is_not_learned()
    {
        var (scores, labels, days) = Rows(4000, score => score);
        var order = Enumerable.Range(0, scores.Length).OrderBy(i => days[i]).ThenBy(i => i).ToList();
        // The later half turns round: no calibration fits both.
        foreach (var i in order[2000..]) labels[i] = Chance.NextDouble() < 1 - scores[i] ? 1 : 0;

        Assert.Equal("none", Calibration.Choose(scores, labels, days).Name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Rows_of_one_outcome_teach_nothing(double outcome)
    {
        var (scores, _, days) = Rows(200, score => score);

        Assert.Equal("none", Calibration.Choose(scores, [.. scores.Select(_ => outcome)], days).Name);
    }

    [Fact]
    public void Every_kind_keeps_the_order()
    {
        var (scores, labels, _) = Rows(500, score => score * score);
        foreach (var kind in (Calibration[])[Calibration.Platt(scores, labels), Calibration.Beta(scores, labels), Calibration.Isotonic(scores, labels)])
        {
            var values = Enumerable.Range(1, 99).Select(i => kind.Apply(i / 100.0)).ToList();
            Assert.Equal(values.Order(), values);
            Assert.All(values, value => Assert.InRange(value, 0, 1));
        }
    }
}
