using Warehouse.Risk.XGBoost;

namespace Warehouse.Risk;

/// <summary>Says how likely a task is still open after so many days: at its deadline that is the risk of missing it.</summary>
interface ISurvivalModel : IRiskModel
{
    /// <summary>The chance to be still open after the days asked for of each case.</summary>
    double[] StillOpen(RiskRows rows, Func<RiskCase, double> days);
}

/// <summary>Trees over the stretches of days ahead: they learn from open tasks as far as these were watched.</summary>
sealed class HazardTrees : ISurvivalModel, IDisposable
{
    readonly Booster booster;

    readonly int last;

    HazardTrees(Booster booster, int rounds, int last)
    {
        this.booster = booster;
        this.last = last;
        Rounds = rounds;
    }

    public string Name => "hazard_trees";

    public int Rounds { get; }

    public static HazardTrees Train(RiskRows rows, DateOnly until, int seed, int rounds, RiskRows? later = null, DateOnly laterUntil = default)
    {
        var columns = Horizon.Columns(rows);
        var (values, labels, last) = Horizon.Spread(rows, until);
        using var matrix = new Matrix(values, columns.Count).With("label", labels);
        var check = later is null ? ([], [], 0) : Horizon.Spread(later, laterUntil);
        using var checks = check.Labels.Length == 0 ? null : new Matrix(check.Values, columns.Count);
        double[] expected = [.. check.Labels.Select(label => (double)label)];
        var (best, bestLoss) = (0, double.MaxValue);
        var booster = Booster.Train(matrix, Settings(columns, seed), rounds, checks is null ? null : (round, sofar) =>
        {
            if (round % 10 != 0) return true;
            var loss = RiskMetrics.LogLossOf([.. sofar.Predict(checks).Select(p => (double)p)], expected);
            if (loss < bestLoss - 1e-5) (best, bestLoss) = (round, loss);
            return round - best < 60;
        });
        return new(booster, checks is null ? rounds : Math.Max(10, best), last);
    }

    public double[] Predict(RiskRows rows) => StillOpen(rows, each => each.DaysToDue);

    public double[] StillOpen(RiskRows rows, Func<RiskCase, double> days)
    {
        var (values, counts) = Horizon.Ahead(rows, days, last);
        using var matrix = new Matrix(values, rows.Columns.Count + 4);
        var hazards = booster.Predict(matrix, Rounds);
        var (result, at) = (new double[rows.Count], 0);
        for (var i = 0; i < rows.Count; at += counts[i], i++) result[i] = Horizon.Survival(hazards.AsSpan(at, counts[i]), days(rows.Cases[i]));
        return result;
    }

    public void Dispose() => booster.Dispose();

    static Dictionary<string, string> Settings(IReadOnlyList<string> columns, int seed) => new()
    {
        ["objective"] = "binary:logistic", ["tree_method"] = "hist", ["max_depth"] = "4", ["eta"] = "0.06", ["min_child_weight"] = "15",
        ["subsample"] = "0.7", ["colsample_bytree"] = "0.5", ["lambda"] = "5", ["seed"] = FormattableString.Invariant($"{seed}"),
        ["nthread"] = FormattableString.Invariant($"{Environment.ProcessorCount}"), ["verbosity"] = "0",
        ["monotone_constraints"] = "(" + string.Join(',', columns.Select(Direction)) + ")",
    };

    /// <summary>The other way round than for the risk: what means more risk means fewer closings.</summary>
    static int Direction(string column) => -BoostedTrees.Direction(column);
}

/// <summary>Logistic regression over the stretches of days ahead.</summary>
sealed class HazardLogistic : ISurvivalModel
{
    readonly Logistic model;
    readonly IReadOnlyList<string> columns;
    readonly int last;

    HazardLogistic(Logistic model, IReadOnlyList<string> columns, int last) => (this.model, this.columns, this.last) = (model, columns, last);

    public string Name => "hazard_logistic";

    public static HazardLogistic Train(RiskRows rows, DateOnly until, int seed)
    {
        var columns = Horizon.Columns(rows);
        var (values, labels, last) = Horizon.Spread(rows, until);
        return new(Logistic.Train(Bent(values, columns.Count), [.. labels.Select(label => (double)label)], columns.Count + 2, seed), columns, last);
    }

    public double[] Predict(RiskRows rows) => StillOpen(rows, each => each.DaysToDue);

    public double[] StillOpen(RiskRows rows, Func<RiskCase, double> days)
    {
        var (values, counts) = Horizon.Ahead(rows, days, last);
        var hazards = model.Predict(Bent(values, columns.Count), columns.Count + 2).Select(p => (float)p).ToArray();
        var (result, at) = (new double[rows.Count], 0);
        for (var i = 0; i < rows.Count; at += counts[i], i++) result[i] = Horizon.Survival(hazards.AsSpan(at, counts[i]), days(rows.Cases[i]));
        return result;
    }

    /// <summary>A straight line cannot follow the pace over the days ahead: their logarithm and its square stand beside them.</summary>
    static float[] Bent(float[] values, int width)
    {
        var rows = values.Length / width;
        var bent = new float[rows * (width + 2)];
        for (var i = 0; i < rows; i++)
        {
            values.AsSpan(i * width, width).CopyTo(bent.AsSpan(i * (width + 2)));
            var log = MathF.Log(values[i * width + width - 4] + 1);
            bent[i * (width + 2) + width] = log;
            bent[i * (width + 2) + width + 1] = log * log;
        }
        return bent;
    }
}
