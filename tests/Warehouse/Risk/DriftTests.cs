using Warehouse.Risk;
using Xunit;

namespace Tests.Risk;

/// <summary>The rule of decision 0044, over ledgers that are made up.</summary>
public sealed class DriftTests
{
    static readonly DateOnly AsOf = new(2026, 7, 31);

    static LedgerMonth Month(int month, double predicted, long observed, long tasks = 200, string learner = "mean_of_all", long covered = 180) =>
        new(learner, 1, new(2026, month, 1), new(tasks, predicted, observed, predicted * (1 - (predicted / tasks)), tasks, covered));

    [Fact]
    public void A_model_that_holds_goes_on() => Assert.Equal((false, 0), Judge(Month(4, 60, 64), Month(5, 55, 50), Month(6, 60, 61)));

    [Fact]
    public void A_month_that_drifted_halves_the_window() => Assert.Equal((true, 0), Judge(Month(4, 60, 64), Month(5, 55, 50), Month(6, 60, 110)));

    [Fact]
    public void Two_months_one_after_the_other_demote() => Assert.Equal((true, 1), Judge(Month(4, 60, 64), Month(5, 55, 110), Month(6, 60, 110)));

    [Fact]
    public void A_month_that_held_between_them_does_not() => Assert.Equal((true, 0), Judge(Month(4, 60, 110), Month(5, 55, 50), Month(6, 60, 110)));

    [Fact]
    public void A_month_with_too_few_outcomes_neither_convicts_nor_acquits() => Assert.Equal((true, 1), Judge(Month(4, 60, 110), Month(5, 5, 20, tasks: 29), Month(6, 60, 110)));

    [Fact]
    public void After_six_months_a_learner_may_serve_again() =>
        Assert.Equal((false, 0), Judge(new LedgerMonth("mean_of_all", 1, new(2025, 11, 1), Month(5, 60, 110).Sum), new LedgerMonth("mean_of_all", 1, new(2025, 12, 1), Month(5, 60, 110).Sum), Month(6, 60, 61)));

    [Fact]
    public void Intervals_that_are_too_narrow_halve_the_window_and_demote_nobody() => Assert.Equal((true, 0), Judge(Month(5, 60, 61, covered: 120), Month(6, 60, 61, covered: 120)));

    [Fact]
    public void Provinces_are_added_before_a_month_is_judged() =>
        Assert.Equal((false, 0), Judge(Month(6, 60, 61), Month(6, 60, 90) with { ProvinceKey = 2 }, Month(6, 60, 31) with { ProvinceKey = 3 }));

    [Fact]
    public void A_demoted_learner_does_not_serve()
    {
        var rows = RiskTrainingTests.Rows();
        RiskTraining Training(params string[] barred) => new(rows, RiskTrainingTests.Choice, RiskTrainingTests.Until, 5, barred);
        var usual = Training().Train().Served.Model.Name;
        var instead = Training(usual).Train();

        Assert.NotEqual(usual, instead.Served.Model.Name);
        Assert.Contains(instead.Served, instead.Others);
        Assert.Contains(Training([.. instead.Others.Select(each => each.Model.Name)]).Train().Served.Model.Name, (string[])["elapsed_share", "late_rate"]);
    }

    static (bool, int) Judge(params LedgerMonth[] ledger) => Drift.Of(ledger, AsOf) is var drift ? (drift.IsRecent, drift.Demoted.Count) : default;
}
