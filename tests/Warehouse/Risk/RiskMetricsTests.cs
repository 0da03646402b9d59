using Warehouse.Risk;
using Xunit;

namespace Tests.Risk;

public sealed class RiskMetricsTests
{
    [Fact]
    public void A_perfect_order_has_an_AUC_of_one_and_a_reversed_one_of_nought()
    {
        Assert.Equal(1, RiskMetrics.AucOf([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]));
        Assert.Equal(0, RiskMetrics.AucOf([0.9, 0.8, 0.2, 0.1], [0, 0, 1, 1]));
    }

    [Fact]
    public void Ties_count_half()
    {
        Assert.Equal(0.5, RiskMetrics.AucOf([0.3, 0.3, 0.3, 0.3], [0, 1, 0, 1]));
        // Of four pairs (late, timely) two are in order, one is tied, one is not in order.
        Assert.Equal(0.625, RiskMetrics.AucOf([0.1, 0.5, 0.5, 0.4], [0, 0, 1, 1]));
    }

    [Fact]
    public void Rows_of_one_outcome_have_no_AUC_and_none_have_no_figures()
    {
        Assert.True(double.IsNaN(RiskMetrics.Of([0.2, 0.4], [1, 1]).Auc));
        Assert.True(double.IsNaN(RiskMetrics.Of([], []).Ece));
    }

    [Fact]
    public void Figures_are_as_computed_by_hand()
    {
        var metrics = RiskMetrics.Of([0.9, 0.6, 0.4, 0.1], [1, 0, 1, 0]);

        Assert.Equal(0.5, metrics.LateShare);
        Assert.Equal((1 + 2.0 / 3) / 2, metrics.AveragePrecision, 12);
        Assert.Equal(1, metrics.PrecisionTop10);
        Assert.Equal((0.01 + 0.36 + 0.36 + 0.01) / 4, metrics.Brier, 12);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.4) + Math.Log(0.4) + Math.Log(0.9)) / 4, metrics.LogLoss, 12);
    }

    [Fact]
    public void The_calibration_error_is_the_mean_gap_over_ten_bins_of_equal_mass()
    {
        double[] said = [.. Enumerable.Range(0, 100).Select(i => i < 50 ? 0.2 : 0.8)];
        double[] was = [.. Enumerable.Range(0, 100).Select(i => i < 50 ? (i % 5 == 0 ? 1.0 : 0) : (i % 10 < 6 ? 1.0 : 0))];

        // The lower half is right in every bin; the upper half says 0.8 where 0.6 came true.
        Assert.Equal(0.1, RiskMetrics.Of(said, was).Ece, 12);
    }

    [Fact]
    public void A_perfect_model_has_a_calibration_error_from_chance_that_falls_with_the_rows()
    {
        double[] Said(int rows) => [.. Enumerable.Range(0, rows).Select(i => (i + 0.5) / rows)];
        var (few, many) = (RiskMetrics.EceOfPerfect(Said(100), 1), RiskMetrics.EceOfPerfect(Said(10_000), 1));

        Assert.InRange(few, 0.08, 0.25);
        Assert.InRange(many, 0.005, 0.025);
        Assert.Equal(few, RiskMetrics.EceOfPerfect(Said(100), 1));
    }
}
