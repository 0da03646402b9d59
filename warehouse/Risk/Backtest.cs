using System.Diagnostics;

namespace Warehouse.Risk;

/// <summary>Which landmarks teach and which judge, and how far the data reach.</summary>
public sealed record BacktestPlan(DateOnly TrainFrom, DateOnly TrainTo, DateOnly TestFrom, DateOnly TestTo, int Every, DateOnly DataEnd, int Seed = 1)
{
    public IEnumerable<DateOnly> Training => Days(TrainFrom, TrainTo);

    public IEnumerable<DateOnly> Testing => Days(TestFrom, TestTo);

    /// <summary>The last fifth of the training window: it chooses the model and calibrates it.</summary>
    public DateOnly ChoiceFrom => TrainTo.AddDays(-(TrainTo.DayNumber - TrainFrom.DayNumber) / 5);

    IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(Every)) yield return day;
    }
}

/// <summary>One candidate's result over the test rows.</summary>
public sealed record BacktestResult(string Name, RiskMetrics Metrics, double EceOfPerfect, string Calibration, double ChoiceAuc, double TrainSeconds, double MicrosecondsPerTask)
{
    public FinishMetrics? Finish { get; init; }
}

/// <summary>What a backtest came to.</summary>
public sealed record BacktestAnswer(int TrainRows, BacktestResult Served, IReadOnlyList<BacktestResult> Rivals, IReadOnlyList<BacktestResult> Candidates, IReadOnlyList<string> Notes);

/// <summary>
/// Trains on landmarks of one window and judges on those of a later one, as of what was known: a row teaches only when its
/// label was known before the first test landmark.
/// </summary>
public static class Backtest
{
    public static BacktestAnswer Run(RiskRows rows, BacktestPlan plan)
    {
        var (training, testing) = (plan.Training.ToHashSet(), plan.Testing.ToHashSet());
        var known = rows.Where(each => training.Contains(each.Landmark) && each.Landmark < plan.TestFrom);
        var test = rows.Where(each => testing.Contains(each.Landmark) && each.Late is not null);
        var trained = new RiskTraining(known, plan.ChoiceFrom, plan.TestFrom, plan.Seed).Train();
        var asked = test.Only(trained.Rows.Columns);
        var pool = rows.Where(each => (training.Contains(each.Landmark) && each.Landmark < plan.TestFrom && each.Landmark >= plan.ChoiceFrom) || testing.Contains(each.Landmark)).Where(each => !each.IsGivenUp).Only(trained.Rows.Columns);
        var finish = FinishTime.Judge(asked, trained.Finish.Expect(asked, pool), plan.DataEnd);
        BacktestResult Judge(Candidate each)
        {
            var watch = Stopwatch.StartNew();
            var probabilities = each.Predict(asked);
            var microseconds = watch.Elapsed.TotalMicroseconds / Math.Max(1, asked.Count);
            return new(each.Model.Name, RiskMetrics.Of(probabilities, asked.Labels), RiskMetrics.EceOfPerfect(probabilities, plan.Seed), each.Calibration.Name, each.ChoiceAuc, each.TrainSeconds, microseconds) { Finish = finish };
        }
        return new(known.Count, Judge(trained.Served), [.. trained.Rivals.Select(Judge)], [.. trained.Others.Select(Judge)], trained.Notes);
    }
}
