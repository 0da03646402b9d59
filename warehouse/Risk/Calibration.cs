namespace Warehouse.Risk;

/// <summary>How a learner's scores are made into probabilities: learned on rows later than those that the learner saw.</summary>
/// <param name="Name">none, platt, isotonic or beta.</param>
public sealed record Calibration(string Name, Func<double, double> Apply)
{
    const double Edge = 1e-4;

    /// <summary>Share of the log loss that a calibration must save on rows it did not see.</summary>
    const double LeastGain = 0.02;

    public static readonly Calibration None = new("none", score => score);

    /// <summary>
    /// The one that does best on rows it was not fitted to: the later half of the rows judges what the earlier half taught,
    /// and the winner is fitted to all of them. Too few rows, or rows of one outcome, teach nothing.
    /// </summary>
    public static Calibration Choose(IReadOnlyList<double> scores, IReadOnlyList<double> labels, IReadOnlyList<DateOnly> days)
    {
        var order = Enumerable.Range(0, scores.Count).OrderBy(i => days[i]).ThenBy(i => i).ToArray();
        var half = order.Length / 2;
        if (!Teaches(order[..half], labels) || !Teaches(order[half..], labels)) return Teaches(order, labels) ? Platt(scores, labels) : None;
        Func<IReadOnlyList<double>, IReadOnlyList<double>, Calibration>[] kinds = [Platt, Beta, Isotonic];
        var (first, second) = (order[..half], order[half..]);
        // Both ways, and both must gain: what holds in one half only is drift, and would be wrong again later.
        double Gain(Func<IReadOnlyList<double>, IReadOnlyList<double>, Calibration> fit) => Math.Min(
            1 - Loss(fit(Of(scores, first), Of(labels, first)), second) / Loss(None, second),
            1 - Loss(fit(Of(scores, second), Of(labels, second)), first) / Loss(None, first));
        var best = kinds.MaxBy(Gain)!;
        return Gain(best) > LeastGain ? best(scores, labels) : None;

        double Loss(Calibration fitted, int[] rows) => RiskMetrics.LogLossOf([.. rows.Select(i => fitted.Apply(scores[i]))], Of(labels, rows)) * rows.Length;
    }

    /// <summary>A straight line through the log odds.</summary>
    public static Calibration Platt(IReadOnlyList<double> scores, IReadOnlyList<double> labels)
    {
        var (slope, _, start) = Line([.. scores.Select(LogOdds)], null, labels);
        return new("platt", score => Sigmoid(slope * LogOdds(score) + start));
    }

    /// <summary>Two slopes, one for either end (Kull, Silva Filho and Flach 2017).</summary>
    public static Calibration Beta(IReadOnlyList<double> scores, IReadOnlyList<double> labels)
    {
        var (a, b, start) = Line([.. scores.Select(s => Math.Log(Clamp(s)))], [.. scores.Select(s => -Math.Log(1 - Clamp(s)))], labels);
        // A slope below zero would turn the order round at one end.
        if (a < 0 || b < 0) return Platt(scores, labels);
        return new("beta", score => Sigmoid(a * Math.Log(Clamp(score)) - b * Math.Log(1 - Clamp(score)) + start));
    }

    /// <summary>Steps that only rise (pool adjacent violators), with straight lines between their middles.</summary>
    public static Calibration Isotonic(IReadOnlyList<double> scores, IReadOnlyList<double> labels)
    {
        var blocks = new List<(double Sum, double Weight, double Score)>();
        foreach (var i in Enumerable.Range(0, scores.Count).OrderBy(i => scores[i]))
        {
            blocks.Add((labels[i], 1, scores[i]));
            while (blocks.Count > 1 && blocks[^2].Sum / blocks[^2].Weight >= blocks[^1].Sum / blocks[^1].Weight)
            {
                var (left, right) = (blocks[^2], blocks[^1]);
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add((left.Sum + right.Sum, left.Weight + right.Weight, (left.Score * left.Weight + right.Score * right.Weight) / (left.Weight + right.Weight)));
            }
        }
        // Half a row of either outcome keeps a step from claiming certainty.
        var (at, value) = (blocks.Select(block => block.Score).ToArray(), blocks.Select(block => (block.Sum + 0.5) / (block.Weight + 1)).ToArray());
        for (var i = 1; i < value.Length; i++) value[i] = Math.Max(value[i], value[i - 1]);
        return new("isotonic", score => Between(at, value, score));
    }

    static double Between(double[] at, double[] value, double score)
    {
        var place = Array.BinarySearch(at, score);
        if (place >= 0) return value[place];
        var next = ~place;
        if (next == 0) return value[0];
        if (next == at.Length) return value[^1];
        var share = (score - at[next - 1]) / (at[next] - at[next - 1]);
        return value[next - 1] + share * (value[next] - value[next - 1]);
    }

    /// <summary>Logistic regression on one or two inputs by Newton's method, drawn a little towards no slope change.</summary>
    static (double A, double B, double Start) Line(double[] first, double[]? second, IReadOnlyList<double> labels)
    {
        var fitted = Logistic.Newton(first.Length, second is null ? 2 : 3, (i, j) => j == 0 ? 1 : j == 1 ? first[i] : second![i], labels, null, ridge: 1e-3);
        return (fitted[1], second is null ? 0 : fitted[2], fitted[0]);
    }

    static bool Teaches(int[] rows, IReadOnlyList<double> labels) => rows.Length >= 20 && rows.Sum(i => labels[i]) is var late && late >= 1 && late <= rows.Length - 1;

    static double[] Of(IReadOnlyList<double> values, int[] rows) => [.. rows.Select(i => values[i])];

    static double Clamp(double score) => Math.Clamp(score, Edge, 1 - Edge);

    static double LogOdds(double score) => Math.Log(Clamp(score) / (1 - Clamp(score)));

    internal static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
