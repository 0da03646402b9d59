using System.Diagnostics;
using Warehouse.Risk.XGBoost;

namespace Warehouse.Risk;

/// <summary>A learner that was trained, calibrated and judged on later rows.</summary>
sealed record Candidate(IRiskModel Model, Calibration Calibration, double ChoiceAuc, double ChoiceLoss, double TrainSeconds)
{
    public double[] Predict(RiskRows rows) => [.. Model.Predict(rows).Select(score => Math.Clamp(Calibration.Apply(score), 1e-4, 1 - 1e-4))];
}

/// <summary>All candidates over the same rows, and which of them serves.</summary>
sealed record Trained(Candidate Served, IReadOnlyList<Candidate> Rivals, IReadOnlyList<Candidate> Others, RiskRows Rows, FinishTime Finish, IReadOnlyList<string> Notes);

/// <summary>
/// Trains every learner on the earlier rows, judges and calibrates it on the later ones, trains it again on all of them, and
/// lets the one serve that was best on the later rows. Nothing known only from <c>until</c> on is used.
/// </summary>
/// <param name="barred">Names of learners that may not serve; they are trained and judged all the same.</param>
/// <param name="mostRows">Rows that teach at most; spread over the days ahead they take some ten times as much room and time.</param>
sealed class RiskTraining(RiskRows all, DateOnly choiceFrom, DateOnly until, int seed, IReadOnlyList<string>? barred = null, int mostRows = RiskTraining.MostRows)
{
    /// <summary>As many as memory is meant for.</summary>
    public const int MostRows = 60_000;

    const int MostRounds = 400;

    const int FewestRows = 40;

    /// <summary>A learner serves instead of the better naive rival where its log loss is no worse and its AUC not clearly lower, or its AUC is this much higher.</summary>
    const double Worth = 0.002;

    const double Margin = 0.02;

    /// <summary>How far a single learner must be ahead of the mean of several to serve instead of it.</summary>
    const double Close = 0.005;
    readonly RiskRows rows = Thinned(all.Where(each => !each.IsGivenUp && each.Landmark < until), mostRows).WithoutConstants();
    readonly List<string> notes = [];

    public Trained Train()
    {
        var earlier = rows.Where(each => each.Landmark < choiceFrom);
        var later = rows.Where(each => each.Landmark >= choiceFrom);
        var laterLabels = Outlook.Labels(rows, until).Where((_, i) => rows.Cases[i].Landmark >= choiceFrom).ToArray();
        var canLearn = earlier.Count >= FewestRows && IsMixed(earlier);
        if (!canLearn) notes.Add(Why(earlier));
        if (!Learner.IsThere) notes.Add("XGBoost's library (Debian package libxgboost0) is not there: the best of the other learners serves");
        var rivals = new List<Candidate> { Naive(SingleColumn.Elapsed()), Naive(SingleColumn.Rate()) };
        var others = new List<Candidate>();
        ISurvivalModel curve = HazardTable.Count(rows, until);
        if (canLearn)
        {
            var (firsts, finals) = (new List<IRiskModel>(), new List<IRiskModel>());
            var (earlierLabels, labels) = (Outlook.Labels(earlier, choiceFrom), Outlook.Labels(rows, until));
            void Add(Func<IRiskModel> first, Func<IRiskModel, IRiskModel> final)
            {
                var watch = Stopwatch.StartNew();
                firsts.Add(first());
                finals.Add(final(firsts[^1]));
                // A mean takes as long as those that it is made of.
                var parts = finals[^1] is Mean mean ? others.Where(each => mean.Models.Contains(each.Model)).Sum(each => each.TrainSeconds) : 0;
                others.Add(Judged(finals[^1], firsts[^1].Predict(later), later, laterLabels, parts + watch.Elapsed.TotalSeconds));
            }
            if (Learner.IsThere)
            {
                Add(() => BoostedTrees.Train(earlier, earlierLabels, seed, MostRounds, later, laterLabels), first => BoostedTrees.Train(rows, labels, seed, ((BoostedTrees)first).Rounds));
                Add(() => HazardTrees.Train(earlier, choiceFrom, seed, MostRounds, later.Count > 0 ? later : null, until), first => HazardTrees.Train(rows, until, seed, ((HazardTrees)first).Rounds));
            }
            Add(() => Logistic.Train(earlier, earlierLabels, seed), _ => Logistic.Train(rows, labels, seed));
            curve = finals.OfType<ISurvivalModel>().FirstOrDefault() ?? curve;
            if (others.Count > 1)
            {
                Add(() => new Mean("mean_of_both", [firsts[0], firsts[2]]), _ => new Mean("mean_of_both", [finals[0], finals[2]]));
                Add(() => new Mean("mean_of_all", [.. firsts.Take(3)]), _ => new Mean("mean_of_all", [.. finals.Take(3)]));
            }
        }
        return new(Choose(rivals, [.. others.Where(each => barred?.Contains(each.Model.Name) != true)]), rivals, others, rows, new(curve), notes);

        Candidate Naive(SingleColumn model) => Judged(model, model.Predict(later), later, laterLabels, 0);
    }

    /// <summary>Whole tasks are left out, by their keys, where there are more rows.</summary>
    static RiskRows Thinned(RiskRows all, int most)
    {
        if (all.Count <= most) return all;
        var share = (ulong)((double)most / all.Count * ulong.MaxValue);
        return all.Where(each => unchecked((ulong)each.TaskKey * 0x9E3779B97F4A7C15UL) <= share);
    }

    static Candidate Choose(List<Candidate> rivals, List<Candidate> others)
    {
        var naive = rivals.MaxBy(Score)!;
        var best = others.MaxBy(Score);
        // A mean of learners holds better when times change: it serves unless one of them alone is clearly better.
        var learned = others.Where(each => each.Model is Mean).MaxBy(Score) is { } mean && Score(mean) >= Score(best!) - Close ? mean : best;
        return learned is not null && Score(learned) >= Score(naive) - Margin && (learned.ChoiceLoss <= naive.ChoiceLoss || Score(learned) >= Score(naive) + Worth) ? learned : naive;
    }

    static double Score(Candidate each) => double.IsNaN(each.ChoiceAuc) ? 0.5 : each.ChoiceAuc;

    static Candidate Judged(IRiskModel model, double[] scores, RiskRows rows, double[] labels, double seconds)
    {
        if (rows.Count == 0) return new(model, Calibration.None, double.NaN, double.NaN, seconds);
        var calibration = Calibration.Choose(scores, labels, [.. rows.Cases.Select(each => each.Landmark)]);
        return new(model, calibration, RiskMetrics.AucOf(scores, labels), LossOnOthers(scores, labels, rows), seconds);
    }

    /// <summary>The log loss of each half of the time, calibrated by the other: steps fitted to the rows they are judged on would flatter whoever needs most of them.</summary>
    static double LossOnOthers(double[] scores, double[] labels, RiskRows rows)
    {
        var order = Enumerable.Range(0, scores.Length).OrderBy(i => rows.Cases[i].Landmark).ThenBy(i => i).ToArray();
        var (first, second) = (order[..(order.Length / 2)], order[(order.Length / 2)..]);
        return (Loss(first, second) + Loss(second, first)) / scores.Length;

        double Loss(int[] taught, int[] judged)
        {
            if (judged.Length == 0) return 0;
            var fitted = taught.Length == 0 ? Calibration.None : Calibration.Choose([.. taught.Select(i => scores[i])], [.. taught.Select(i => labels[i])], [.. taught.Select(i => rows.Cases[i].Landmark)]);
            return RiskMetrics.LogLossOf([.. judged.Select(i => fitted.Apply(scores[i]))], [.. judged.Select(i => labels[i])]) * judged.Length;
        }
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

/// <summary>The mean of the log odds of several learners.</summary>
sealed class Mean(string name, IReadOnlyList<IRiskModel> models) : IRiskModel
{
    public string Name => name;

    public IReadOnlyList<IRiskModel> Models => models;

    public double[] Predict(RiskRows rows)
    {
        var parts = models.Select(model => model.Predict(rows)).ToList();
        return [.. Enumerable.Range(0, rows.Count).Select(i => Calibration.Sigmoid(parts.Average(part => LogOdds(part[i]))))];
    }

    public double[][] Contribute(RiskRows rows)
    {
        var parts = models.Select(model => model.Contribute(rows)).ToList();
        return [.. Enumerable.Range(0, rows.Count).Select(i => Enumerable.Range(0, rows.Columns.Count).Select(j => parts.Average(part => part[i][j])).ToArray())];
    }

    static double LogOdds(double p) => Math.Log(Math.Clamp(p, 1e-6, 1 - 1e-6) / (1 - Math.Clamp(p, 1e-6, 1 - 1e-6)));
}
