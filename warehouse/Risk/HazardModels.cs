using Warehouse.Risk.XGBoost;

namespace Warehouse.Risk;

/// <summary>Says how likely a task is still open after so many days: at its deadline that is the risk of missing it.</summary>
interface ISurvivalModel : IRiskModel
{
    /// <summary>The chance of being closed in each stretch of <see cref="Horizon"/>, for each case.</summary>
    float[][] Curves(RiskRows rows);
}

/// <summary>Trees over the stretches of days ahead: they learn from open tasks as far as these were watched.</summary>
sealed class HazardTrees : ISurvivalModel, IDisposable
{
    readonly Booster booster;

    readonly Trees trees;

    readonly int last;

    HazardTrees(Booster booster, int rounds, int last)
    {
        this.booster = booster;
        this.last = last;
        Rounds = rounds;
        trees = Trees.Read(booster.Write(), rounds);
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
        var booster = Booster.Train(matrix, Settings(rows, columns, seed), rounds, checks is null ? null : (round, sofar) =>
        {
            if (round % 10 != 0) return true;
            var loss = RiskMetrics.LogLossOf([.. sofar.Predict(checks).Select(p => (double)p)], expected);
            if (loss < bestLoss - 1e-5) (best, bestLoss) = (round, loss);
            return round - best < 60;
        }, checks);
        return new(booster, checks is null ? rounds : Math.Max(10, best), last);
    }

    public double[] Predict(RiskRows rows)
    {
        var hazards = Ask(rows, each => each.DaysToDue);
        return [.. Enumerable.Range(0, rows.Count).Select(i => Horizon.Survival(hazards[i], rows.Cases[i].DaysToDue))];
    }

    public float[][] Curves(RiskRows rows) => Ask(rows, _ => double.MaxValue);

    float[][] Ask(RiskRows rows, Func<RiskCase, double> days)
    {
        var result = new float[rows.Count][];
        // A case is up to eighteen rows that differ in four columns of a hundred.
        Parallel.For(0, rows.Count, i =>
        {
            result[i] = new float[Horizon.CountAhead(days(rows.Cases[i]), last)];
            trees.Predict(rows.Row(i), Horizon.Ahead(rows.Cases[i], result[i].Length, Trees.MostRows), result[i]);
        });
        return result;
    }

    /// <summary>Over the stretches up to the deadline, each weighing as much as closings are likely in it; what speeds closings lowers the risk.</summary>
    public double[][] Contribute(RiskRows rows)
    {
        var (values, counts) = Horizon.Ahead(rows, each => each.DaysToDue, last);
        using var matrix = new Matrix(values, rows.Columns.Count + 4);
        var (hazards, moved, width) = (booster.Predict(matrix, Rounds), booster.Contribute(matrix), rows.Columns.Count + 5);
        var result = new double[rows.Count][];
        for (var (i, at) = (0, 0); i < rows.Count; at += counts[i], i++)
        {
            result[i] = new double[rows.Columns.Count];
            for (var stretch = at; stretch < at + counts[i]; stretch++)
                for (var j = 0; j < result[i].Length; j++) result[i][j] -= hazards[stretch] * moved[stretch * width + j];
        }
        return result;
    }

    public void Dispose() => booster.Dispose();

    static Dictionary<string, string> Settings(RiskRows rows, IReadOnlyList<string> columns, int seed) => new()
    {
        ["objective"] = "binary:logistic", ["tree_method"] = "hist", ["max_depth"] = "4", ["eta"] = "0.05", ["min_child_weight"] = BoostedTrees.Leaf(rows),
        ["subsample"] = "0.7", ["colsample_bytree"] = "0.3", ["lambda"] = "5", ["seed"] = FormattableString.Invariant($"{seed}"),
        ["nthread"] = FormattableString.Invariant($"{Environment.ProcessorCount}"), ["verbosity"] = "0",
        ["monotone_constraints"] = "(" + string.Join(',', columns.Select(Direction)) + ")",
    };

    /// <summary>The other way round than for the risk: what means more risk means fewer closings.</summary>
    static int Direction(string column) => column is "elapsed_share" or "remaining_days" or "remaining_working_days" ? 0 : -BoostedTrees.Direction(column);
}

/// <summary>One curve for all tasks, counted from those watched: for when there are no trees.</summary>
sealed class HazardTable : ISurvivalModel
{
    readonly float[] hazards;

    HazardTable(float[] hazards) => this.hazards = hazards;

    public string Name => "one_curve";

    public static HazardTable Count(RiskRows rows, DateOnly until)
    {
        var (closed, open) = (new double[Horizon.Edges.Length], new double[Horizon.Edges.Length]);
        foreach (var each in rows.Cases)
        {
            var (days, isClosed) = each.Watched(until);
            for (var stretch = 0; stretch < open.Length && Horizon.Edges[stretch] < days && Horizon.End(stretch) <= until.DayNumber - each.Landmark.DayNumber; stretch++)
            {
                open[stretch]++;
                if (isClosed && days < Horizon.End(stretch)) closed[stretch]++;
            }
        }
        var last = Math.Max(1, open.Count(count => count > 0));
        return new([.. Enumerable.Range(0, last).Select(i => (float)((closed[i] + 0.5) / (open[i] + 2)))]);
    }

    public double[] Predict(RiskRows rows) => [.. rows.Cases.Select(each => Horizon.Survival(hazards, each.DaysToDue))];

    public float[][] Curves(RiskRows rows) => [.. rows.Cases.Select(_ => hazards)];

    public double[][] Contribute(RiskRows rows) => [.. rows.Cases.Select(_ => new double[rows.Columns.Count])];
}
