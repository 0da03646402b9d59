namespace Warehouse.Measures;

/// <summary>A table that measures are counted over, and how a request's days apply to it.</summary>
/// <param name="Name">What measures name it by; the catalogue's own table is <see cref="State"/>.</param>
/// <param name="Filter">Which of its rows count as of <c>{as_of}</c>.</param>
/// <param name="Window">The date column that a window of days applies to.</param>
/// <param name="Dimensions">What it can be split and filtered by; empty = by all that are not of the days of things that happened.</param>
/// <param name="Needs">A dimension that it must be split by, because its rows do not add up over it; empty = none.</param>
public sealed record MeasureFact(string Name, string Table, string Filter, string Window, IReadOnlyList<string> Dimensions, string Needs)
{
    /// <summary>The name of the catalogue's own table: tasks as they stood on a day.</summary>
    public const string State = "state";

    const string Day = "{day}";

    /// <summary>Its rows counted in advance by the month of <see cref="Window"/>; null where nothing is.</summary>
    public CountedMonths? Counted { get; init; }

    public bool Has(Dimension dimension) => Dimensions.Count > 0 ? Dimensions.Contains(dimension.Name) : !dimension.Sql.Contains(Day, StringComparison.Ordinal);

    /// <summary>The dimension over this table: <c>{day}</c> is the day that its window is of.</summary>
    public string Sql(Dimension dimension) => dimension.Sql.Replace(Day, Window, StringComparison.Ordinal);

    /// <exception cref="CatalogException">Its measures cannot be split or filtered so.</exception>
    public void Check(Measure measure, IReadOnlyList<Dimension> by, IEnumerable<Dimension> where)
    {
        foreach (var dimension in by.Concat(where))
            if (!Has(dimension)) throw new CatalogException($"{measure.Name} has no {dimension.Name}; docs/measures.md says what its measures can be split and filtered by");
        if (Needs.Length > 0 && !by.Any(dimension => dimension.Name == Needs))
            throw new CatalogException($"{measure.Name} is of each {Needs} and is not added up over them: split it by {Needs}");
    }
}
