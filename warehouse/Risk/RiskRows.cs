namespace Warehouse.Risk;

/// <summary>One task at one landmark: who it is, and what became of it as far as the data say.</summary>
/// <param name="Landmark">The day at whose beginning the question is asked.</param>
/// <param name="Elapsed">Share of the term that had passed.</param>
public sealed record RiskCase(long TaskKey, DateOnly Landmark, long SourceKey, int ProvinceKey, long AgencyKey, DateOnly Assigned, DateOnly Due, double Elapsed)
{
    /// <summary>1: missed the deadline in force at the landmark; 0: met it; null: nobody knows yet, or it was withdrawn.</summary>
    public int? Late { get; init; }

    /// <summary>The day on which <see cref="Late"/> was known; null where it is not.</summary>
    public DateOnly? LabelKnown { get; init; }

    /// <summary>Days from the landmark to the deadline; the end of its day where it has no hour.</summary>
    public double DaysToDue { get; init; }

    /// <summary>The first deadline that the task had.</summary>
    public DateOnly? FirstDue { get; init; }

    /// <summary>Days from the landmark to the closing; null while it is open.</summary>
    public double? DaysToClose { get; init; }

    /// <summary>Withdrawn, recalled or transferred: neither late nor in time.</summary>
    public bool IsGivenUp { get; init; }

    /// <summary>For how many days from the landmark the task was watched, by what was known at the beginning of a day, and whether it was closed at their end.</summary>
    public (double Days, bool IsClosed) Watched(DateOnly until)
    {
        var days = until.DayNumber - Landmark.DayNumber;
        return DaysToClose is { } close && close < days ? (close, true) : (days, false);
    }
}

/// <summary>Cases and their features: one row each, columns by name, NaN where nothing is known.</summary>
public sealed class RiskRows(IReadOnlyList<string> columns, IReadOnlyList<RiskCase> cases, float[] values)
{
    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<RiskCase> Cases => cases;

    public int Count => cases.Count;

    /// <summary>Row after row.</summary>
    public float[] Values => values;

    public float this[int row, int column] => values[row * columns.Count + column];

    public ReadOnlySpan<float> Row(int row) => values.AsSpan(row * columns.Count, columns.Count);

    public int IndexOf(string column) => columns.ToList().IndexOf(column);

    /// <summary>The labels; only for rows that all have one.</summary>
    public double[] Labels => [.. cases.Select(each => (double)each.Late!.Value)];

    public RiskRows Where(Func<RiskCase, bool> condition) => Take([.. Enumerable.Range(0, Count).Where(row => condition(cases[row]))]);

    public RiskRows Take(IReadOnlyList<int> rows)
    {
        var taken = new float[rows.Count * columns.Count];
        for (var i = 0; i < rows.Count; i++) Row(rows[i]).CopyTo(taken.AsSpan(i * columns.Count));
        return new(columns, [.. rows.Select(row => cases[row])], taken);
    }

    /// <summary>Without the columns that say nothing: the same value, or none, on every row.</summary>
    public RiskRows WithoutConstants()
    {
        var kept = Enumerable.Range(0, columns.Count).Where(Varies).ToList();
        return Only(kept);
    }

    /// <summary>Some of the columns, in the order given.</summary>
    public RiskRows Only(IReadOnlyList<string> names) => Only([.. names.Select(IndexOf)]);

    RiskRows Only(List<int> kept)
    {
        var taken = new float[Count * kept.Count];
        for (var row = 0; row < Count; row++)
            for (var i = 0; i < kept.Count; i++) taken[row * kept.Count + i] = this[row, kept[i]];
        return new([.. kept.Select(column => columns[column])], cases, taken);
    }

    bool Varies(int column)
    {
        for (var row = 1; row < Count; row++)
            if (!this[row, column].Equals(this[0, column])) return true;
        return false;
    }
}
