using Warehouse.Measures;

namespace Reports.Charts;

/// <summary>
/// The parts that all tasks assigned fall into, in the order in which every page shows them. They always add to the
/// base; a part's name is its measure's name, its colour token and its class in the style sheets.
/// </summary>
public static class Parts
{
    public const string Base = "assigned";

    public static readonly IReadOnlyList<string> All =
        ["completed_on_time", "completed_late", "completed_no_deadline", "open_in_time", "open_overdue", "open_no_deadline"];

    public static readonly IReadOnlyList<string> Open = ["open_in_time", "open_overdue", "open_no_deadline"];

    /// <summary>The colour token of a part.</summary>
    public static string Token(string part) => part.Replace('_', '-');

    /// <summary>What stands behind a picked part: the tasks of the same bar that were not picked.</summary>
    public const string Rest = "rest";
}

/// <summary>One bar: the whole of a place or a year and its parts.</summary>
/// <param name="Member">The value of the dimension, for picking it; null where it is none.</param>
public sealed record Split(string Name, Tally Tally, string? Member = null)
{
    /// <summary>Of a page on which a mark is picked: what is picked of this bar. The bar itself is the context behind it.</summary>
    public Tally? Picked { get; init; }

    /// <summary>It is the mark that is picked.</summary>
    public bool IsCurrent { get; init; }

    public Tally Told => Picked ?? Tally;

    /// <summary>The highest share of overdue tasks first, because that is where there is most to do.</summary>
    public static IReadOnlyList<Split> ByOverdue(IEnumerable<Split> splits) =>
        [.. splits.OrderByDescending(split => split.Tally.Share("open_overdue")).ThenByDescending(split => split.Tally.Count(Parts.Base))];
}

/// <summary>Measures of one or several rows, added up by name: parts are added, rates are divided only when they are shown.</summary>
public sealed class Tally
{
    readonly Dictionary<string, MeasureValue> values = [];

    public static Tally Of(MeasureTable table) => Of(table, table.Rows);

    public static Tally Of(MeasureTable table, IEnumerable<MeasureRow> rows)
    {
        var tally = new Tally();
        foreach (var row in rows)
            foreach (var (measure, value) in table.Measures.Zip(row.Values)) tally.Add(measure.Name, value);
        return tally;
    }

    /// <summary>A sum over no rows is 0.</summary>
    public MeasureValue this[string measure] => values.GetValueOrDefault(measure);

    public long Count(string measure) => this[measure].Count;

    /// <summary>A rate; over nothing it has no value.</summary>
    public MeasureValue Rate(string measure) => new(this[measure].Count, this[measure].Base ?? 0);

    /// <summary>A part's share of all tasks; null where there are none.</summary>
    public double? Share(string part, string of = Parts.Base) => Count(of) == 0 ? null : (double)Count(part) / Count(of);

    void Add(string measure, MeasureValue value)
    {
        var before = this[measure];
        values[measure] = new(before.Count + value.Count, value.Base is { } of ? (before.Base ?? 0) + of : before.Base);
    }
}
