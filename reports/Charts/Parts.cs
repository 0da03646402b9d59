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
}

/// <summary>One bar: the whole of a place or a year and its parts.</summary>
/// <param name="Link">Where a click on it leads; null = nowhere.</param>
/// <param name="IsCurrent">It is the one that the page is about.</param>
public sealed record Split(string Name, Tally Tally, string? Link = null, bool IsCurrent = false);

/// <summary>Measures of one or several rows, added up by name: parts are added, rates are divided only when they are shown.</summary>
public sealed class Tally
{
    readonly Dictionary<string, MeasureValue> values = [];

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

    /// <summary>A part's share of all tasks; null where there are none.</summary>
    public double? Share(string part, string of = Parts.Base) => Count(of) == 0 ? null : (double)Count(part) / Count(of);

    void Add(string measure, MeasureValue value)
    {
        var before = this[measure];
        values[measure] = new(before.Count + value.Count, value.Base is { } of ? (before.Base ?? 0) + of : before.Base);
    }
}
