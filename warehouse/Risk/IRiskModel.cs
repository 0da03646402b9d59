namespace Warehouse.Risk;

/// <summary>Something that was trained and says of each row how likely the task is to miss its deadline; not yet calibrated.</summary>
interface IRiskModel
{
    string Name { get; }

    double[] Predict(RiskRows rows);

    /// <summary>How much each column moved each row's log odds of being late.</summary>
    double[][] Contribute(RiskRows rows);
}

/// <summary>A single column as the score, between 0 and 1: the naive rivals that everything else must beat.</summary>
sealed class SingleColumn(string name, string column, double missing) : IRiskModel
{
    public const string ElapsedShare = "elapsed_share";
    public const string LateRate = "late_rate";

    public string Name => name;

    /// <summary>The share of the term that has passed.</summary>
    public static SingleColumn Elapsed() => new(ElapsedShare, "elapsed_share", 0.5);

    /// <summary>The smoothed late rate of the last year among tasks of the same agency and kind.</summary>
    public static SingleColumn Rate() => new(LateRate, "agency_kind_late_365_share", 0.5);

    public double[] Predict(RiskRows rows)
    {
        var place = rows.IndexOf(column);
        var result = new double[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var value = place < 0 ? float.NaN : rows[i, place];
            result[i] = float.IsNaN(value) ? missing : Math.Clamp(value, 0, 1);
        }
        return result;
    }

    public double[][] Contribute(RiskRows rows)
    {
        var (place, scores) = (rows.IndexOf(column), Predict(rows));
        return [.. scores.Select(score => Enumerable.Range(0, rows.Columns.Count).Select(j => j == place ? score : 0).ToArray())];
    }
}
