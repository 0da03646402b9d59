namespace Warehouse.Risk;

/// <summary>How good probabilities were, against what came true. Ties count half in the AUC and are averaged over in the top tenth.</summary>
/// <param name="Auc">Chance that a late task was given more than a timely one; NaN where all are alike.</param>
/// <param name="PrecisionTop10">Share of late ones in the tenth with the highest probabilities.</param>
/// <param name="Ece">Expected calibration error over ten bins of equal mass.</param>
public sealed record RiskMetrics(int Rows, double LateShare, double Auc, double AveragePrecision, double PrecisionTop10, double Brier, double LogLoss, double Ece)
{
    const int Bins = 10;

    public static RiskMetrics Of(IReadOnlyList<double> probabilities, IReadOnlyList<double> labels)
    {
        var n = labels.Count;
        if (n == 0) return new(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        var order = Enumerable.Range(0, n).OrderByDescending(i => probabilities[i]).ThenBy(i => i).ToArray();
        return new(n, labels.Average(), AucOf(probabilities, labels, order), AveragePrecisionOf(probabilities, labels, order), TopPrecision(probabilities, labels, order),
            Enumerable.Range(0, n).Average(i => Square(probabilities[i] - labels[i])), LogLossOf(probabilities, labels), EceOf(probabilities, labels, order));
    }

    public static double AucOf(IReadOnlyList<double> scores, IReadOnlyList<double> labels) =>
        AucOf(scores, labels, [.. Enumerable.Range(0, labels.Count).OrderByDescending(i => scores[i])]);

    public static double LogLossOf(IReadOnlyList<double> probabilities, IReadOnlyList<double> labels) => Enumerable.Range(0, labels.Count).Average(i =>
    {
        var p = Math.Clamp(probabilities[i], 1e-6, 1 - 1e-6);
        return -(labels[i] * Math.Log(p) + (1 - labels[i]) * Math.Log(1 - p));
    });

    /// <summary>The 95th percentile of the calibration error of a model whose probabilities are exactly right, on rows with these probabilities: what chance alone makes.</summary>
    public static double EceOfPerfect(IReadOnlyList<double> probabilities, int seed, int draws = 400)
    {
        var random = new Random(seed);
        var order = Enumerable.Range(0, probabilities.Count).OrderByDescending(i => probabilities[i]).ThenBy(i => i).ToArray();
        var labels = new double[probabilities.Count];
        var errors = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            for (var i = 0; i < labels.Length; i++) labels[i] = random.NextDouble() < probabilities[i] ? 1 : 0;
            errors[draw] = EceOf(probabilities, labels, order);
        }
        Array.Sort(errors);
        return probabilities.Count == 0 ? double.NaN : errors[(int)(draws * 0.95)];
    }

    static double AucOf(IReadOnlyList<double> scores, IReadOnlyList<double> labels, int[] order)
    {
        var (above, pairs) = (0.0, 0.0);
        foreach (var (from, to) in Ties(scores, order))
        {
            var late = 0.0;
            for (var i = from; i < to; i++) late += labels[order[i]];
            var timely = to - from - late;
            pairs += timely * (above + late / 2);
            above += late;
        }
        var total = above * (labels.Count - above);
        return total == 0 ? double.NaN : pairs / total;
    }

    static double AveragePrecisionOf(IReadOnlyList<double> scores, IReadOnlyList<double> labels, int[] order)
    {
        var (found, sum) = (0.0, 0.0);
        foreach (var (from, to) in Ties(scores, order))
        {
            var late = 0.0;
            for (var i = from; i < to; i++) late += labels[order[i]];
            found += late;
            sum += late * (found / to);
        }
        return found == 0 ? double.NaN : sum / found;
    }

    static double TopPrecision(IReadOnlyList<double> scores, IReadOnlyList<double> labels, int[] order)
    {
        var top = Math.Max(1, (int)Math.Ceiling(labels.Count / 10.0));
        var found = 0.0;
        foreach (var (from, to) in Ties(scores, order))
        {
            if (from >= top) break;
            var late = 0.0;
            for (var i = from; i < to; i++) late += labels[order[i]];
            found += late * Math.Min(1, (top - from) / (double)(to - from));
        }
        return found / top;
    }

    static double EceOf(IReadOnlyList<double> probabilities, IReadOnlyList<double> labels, int[] order)
    {
        var error = 0.0;
        for (var bin = 0; bin < Bins; bin++)
        {
            var (from, to) = ((int)((long)order.Length * bin / Bins), (int)((long)order.Length * (bin + 1) / Bins));
            var (said, was) = (0.0, 0.0);
            for (var i = from; i < to; i++)
            {
                said += probabilities[order[i]];
                was += labels[order[i]];
            }
            error += Math.Abs(said - was);
        }
        return error / order.Length;
    }

    static IEnumerable<(int From, int To)> Ties(IReadOnlyList<double> scores, int[] order)
    {
        for (var from = 0; from < order.Length;)
        {
            var to = from + 1;
            while (to < order.Length && scores[order[to]].Equals(scores[order[from]])) to++;
            yield return (from, to);
            from = to;
        }
    }

    static double Square(double x) => x * x;
}
