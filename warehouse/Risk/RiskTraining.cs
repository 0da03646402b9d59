using System.Diagnostics;
using Warehouse.Risk.XGBoost;

namespace Warehouse.Risk;

/// <summary>A learner that was trained, calibrated and judged on later rows.</summary>
sealed record Candidate(IRiskModel Model, Calibration Calibration, double ChoiceAuc, double ChoiceLoss, double TrainSeconds)
{
    public double[] Predict(RiskRows rows) => [.. Model.Predict(rows).Select(score => Math.Clamp(Calibration.Apply(score), 1e-4, 1 - 1e-4))];
}

/// <summary>All candidates over the same rows, and which of them serves.</summary>
sealed record Trained(Candidate Served, IReadOnlyList<Candidate> Rivals, IReadOnlyList<Candidate> Others, RiskRows Rows, IReadOnlyList<string> Notes);

/// <summary>
/// Trains every learner on the earlier rows, judges and calibrates it on the later ones, trains it again on all of them, and
/// lets the one serve that was best on the later rows. Nothing known only from <c>until</c> on is used.
/// </summary>
sealed class RiskTraining(RiskRows all, DateOnly choiceFrom, DateOnly until, int seed)
{
    const int MostRounds = 400;
    const int FewestRows = 40;

    /// <summary>A learner has to beat a naive rival by this much of AUC before it serves instead.</summary>
    const double Worth = 0.002;

    readonly RiskRows rows = all.Where(each => !each.IsGivenUp && each.Landmark < until).WithoutConstants();

    public Trained Train()
    {
        var notes = new List<string>();
        var earlier = rows.Where(each => each.Landmark < choiceFrom);
        var later = rows.Where(each => each.Landmark >= choiceFrom);
        var canLearn = earlier.Count >= FewestRows && IsMixed(earlier);
        if (!canLearn) notes.Add(Why(earlier));
        if (!Learner.IsThere) notes.Add("XGBoost's library (Debian package libxgboost0) is not there: the best of the other learners serves");
        var rivals = new List<Candidate> { Naive(SingleColumn.Elapsed(), later), Naive(SingleColumn.Rate(), later) };
        var others = new List<Candidate>();
        if (canLearn)
        {
            if (Learner.IsThere) others.Add(Trees(earlier, later));
            others.Add(Line(earlier, later));
            if (others.Count == 2) others.Add(Both(others, earlier, later));
        }
        return new(Choose(rivals, others), rivals, others, rows, notes);
    }

    static Candidate Choose(List<Candidate> rivals, List<Candidate> others)
    {
        var naive = rivals.MaxBy(Score)!;
        var learned = others.MaxBy(Score);
        return learned is not null && Score(learned) >= Score(naive) + Worth ? learned : naive;
    }

    static double Score(Candidate each) => double.IsNaN(each.ChoiceAuc) ? 0.5 : each.ChoiceAuc;

    Candidate Naive(SingleColumn model, RiskRows later)
    {
        var judged = later.Where(each => each.Due < until && each.Late is not null);
        return Judged(model, model.Predict(judged), judged, [.. judged.Cases.Select(each => (double)each.Late!.Value)], 0);
    }

    Candidate Trees(RiskRows earlier, RiskRows later)
    {
        var watch = Stopwatch.StartNew();
        using var first = HazardTrees.Train(earlier, choiceFrom, seed, MostRounds, later.Count > 0 ? later : null, until);
        return Judged(HazardTrees.Train(rows, until, seed, first.Rounds), first, later, watch);
    }

    Candidate Line(RiskRows earlier, RiskRows later)
    {
        var watch = Stopwatch.StartNew();
        var first = HazardLogistic.Train(earlier, choiceFrom, seed);
        return Judged(HazardLogistic.Train(rows, until, seed), first, later, watch);
    }

    Candidate Both(List<Candidate> both, RiskRows earlier, RiskRows later)
    {
        var watch = Stopwatch.StartNew();
        using var trees = HazardTrees.Train(earlier, choiceFrom, seed, ((HazardTrees)both[0].Model).Rounds);
        var mean = new Mean([trees, HazardLogistic.Train(earlier, choiceFrom, seed)]);
        return Judged(new Mean([.. both.Select(each => (ISurvivalModel)each.Model)]), mean, later, watch);
    }

    /// <summary>Judged by whether tasks were still open at their deadline, or at the end of what is known where that is earlier: so no row is left out for its outcome.</summary>
    Candidate Judged(ISurvivalModel final, ISurvivalModel first, RiskRows later, Stopwatch watch)
    {
        double Days(RiskCase each) => Math.Min(each.DaysToDue, until.DayNumber - each.Landmark.DayNumber);
        var scores = first.StillOpen(later, Days);
        double[] labels = [.. later.Cases.Select(each => each.Due < until ? each.Late!.Value : each.Watched(until).IsClosed ? 0.0 : 1.0)];
        return Judged(final, scores, later, labels, watch.Elapsed.TotalSeconds);
    }

    static Candidate Judged(IRiskModel model, double[] scores, RiskRows rows, double[] labels, double seconds)
    {
        if (rows.Count == 0) return new(model, Calibration.None, double.NaN, double.NaN, seconds);
        var calibration = Calibration.Choose(scores, labels, [.. rows.Cases.Select(each => each.Landmark)]);
        var due = Enumerable.Range(0, rows.Count).ToArray();
        return new(model, calibration, RiskMetrics.AucOf([.. due.Select(i => scores[i])], [.. due.Select(i => labels[i])]), RiskMetrics.LogLossOf([.. scores.Select(calibration.Apply)], labels), seconds);
    }

    /// <summary>Some were closed and some were not by when their deadline came, or the choice begins.</summary>
    bool IsMixed(RiskRows earlier)
    {
        var closed = earlier.Cases.Count(each => each.Watched(choiceFrom).IsClosed);
        return closed > 0 && closed < earlier.Count;
    }

    string Why(RiskRows earlier) =>
        earlier.Count == 0 ? "no task was open and not yet due in the earlier period: nothing can be learned, a naive rival serves"
        : earlier.Count < FewestRows ? FormattableString.Invariant($"{earlier.Count} rows in the earlier period, {FewestRows} are needed to learn: a naive rival serves")
        : earlier.Cases.Any(each => each.Watched(choiceFrom).IsClosed) ? "every task of the earlier period was closed: there is nothing to tell apart, a naive rival serves"
        : "no task of the earlier period was closed: there is nothing to tell apart, a naive rival serves";
}

/// <summary>The mean of the log odds of two learners.</summary>
sealed class Mean(IReadOnlyList<ISurvivalModel> models) : ISurvivalModel
{
    public string Name => "mean_of_both";

    public double[] Predict(RiskRows rows) => StillOpen(rows, each => each.DaysToDue);

    public double[] StillOpen(RiskRows rows, Func<RiskCase, double> days)
    {
        var parts = models.Select(model => model.StillOpen(rows, days)).ToList();
        return [.. Enumerable.Range(0, rows.Count).Select(i => Calibration.Sigmoid(parts.Average(part => LogOdds(part[i]))))];
    }

    static double LogOdds(double p) => Math.Log(Math.Clamp(p, 1e-6, 1 - 1e-6) / (1 - Math.Clamp(p, 1e-6, 1 - 1e-6)));
}
