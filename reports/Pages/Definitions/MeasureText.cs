using Warehouse.Measures;

namespace Reports.Pages.Definitions;

/// <summary>A measure and what it is made of.</summary>
public sealed record MeasureText(PageRequest Request, Measure Measure)
{
    /// <summary>What it is counted over; of a sum or a rate what its first part is.</summary>
    public string Table => Request.Catalog.FactOf(Request.Catalog.Measure(Request.Catalog.Counts(Measure.Name).First())).Table;

    /// <summary>The fields of a feed that it depends on, those of its parts included.</summary>
    public IReadOnlyList<string> Fields => Table != Request.Catalog.Table ? [] : [.. Request.Catalog.Counts(Measure.Name).SelectMany(count => Lineage.FieldsOf(Request.Catalog.Measure(count).Condition)).Distinct()];
}
