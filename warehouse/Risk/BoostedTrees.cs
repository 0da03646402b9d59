using Warehouse.Risk.XGBoost;

namespace Warehouse.Risk;

/// <summary>Gradient-boosted trees over all features, held back so that few tasks seen many times do not rule.</summary>
sealed class BoostedTrees : IRiskModel, IDisposable
{
    readonly Booster booster;

    BoostedTrees(Booster booster, int rounds)
    {
        this.booster = booster;
        Rounds = rounds;
    }

    public string Name => "boosted_trees";

    /// <summary>How many trees there are.</summary>
    public int Rounds { get; }

    public static Dictionary<string, string> Settings(RiskRows rows, int seed) => new()
    {
        ["objective"] = "binary:logistic", ["tree_method"] = "hist", ["max_depth"] = "4", ["eta"] = "0.04", ["min_child_weight"] = Leaf(rows),
        ["subsample"] = "0.7", ["colsample_bytree"] = "0.3", ["lambda"] = "5", ["seed"] = seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["nthread"] = Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture), ["verbosity"] = "0",
        ["monotone_constraints"] = "(" + string.Join(',', rows.Columns.Select(Direction)) + ")",
    };

    /// <summary>The least weight of a leaf: about five tasks, each as often as it was seen.</summary>
    internal static string Leaf(RiskRows rows) => FormattableString.Invariant($"{Math.Max(5, 5.0 * rows.Count / rows.Cases.Select(each => each.TaskKey).Distinct().Count()):0.0}");

    /// <summary>Trains as many rounds as do best on the later rows; where there are none, as given. Labels may lie between 0 and 1.</summary>
    public static BoostedTrees Train(RiskRows rows, double[] labels, int seed, int rounds, RiskRows? later = null, double[]? laterLabels = null)
    {
        using var matrix = new Matrix(rows.Values, rows.Columns.Count).With("label", [.. labels.Select(label => (float)label)]);
        using var check = later is null || later.Count == 0 ? null : new Matrix(later.Values, later.Columns.Count);
        var (best, bestLoss) = (0, double.MaxValue);
        var booster = Booster.Train(matrix, Settings(rows, seed), rounds, check is null ? null : (round, sofar) =>
        {
            if (round % 10 != 0) return true;
            var loss = RiskMetrics.LogLossOf([.. sofar.Predict(check).Select(p => (double)p)], laterLabels!);
            if (loss < bestLoss - 1e-5) (best, bestLoss) = (round, loss);
            return round - best < 60;
        }, check);
        return new(booster, check is null ? rounds : Math.Max(10, best));
    }

    public double[] Predict(RiskRows rows)
    {
        using var matrix = new Matrix(rows.Values, rows.Columns.Count);
        return [.. booster.Predict(matrix, Rounds).Select(p => (double)p)];
    }

    public double[][] Contribute(RiskRows rows)
    {
        using var matrix = new Matrix(rows.Values, rows.Columns.Count);
        var flat = booster.Contribute(matrix);
        var width = rows.Columns.Count + 1;
        return [.. Enumerable.Range(0, rows.Count).Select(i => flat.AsSpan(i * width, width).ToArray().Select(x => (double)x).ToArray())];
    }

    public byte[] Save() => booster.Save();

    public void Dispose() => booster.Dispose();

    /// <summary>What can only mean more risk is held to it, so that noise of a few tasks cannot say otherwise.</summary>
    internal static int Direction(string column) =>
        column is "elapsed_share" || column.EndsWith("_late_91_share", StringComparison.Ordinal) || column.EndsWith("_late_365_share", StringComparison.Ordinal) || column.EndsWith("cohort_open_share", StringComparison.Ordinal) ? 1
        : column is "remaining_days" or "remaining_working_days" || column.EndsWith("expected_closings", StringComparison.Ordinal) || column.EndsWith("closed_28_share", StringComparison.Ordinal) ? -1
        : 0;
}
