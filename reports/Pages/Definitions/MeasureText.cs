using Warehouse.Measures;

namespace Reports.Pages.Definitions;

/// <summary>A measure and what it is made of.</summary>
public sealed record MeasureText(PageRequest Request, Measure Measure)
{
    /// <summary>The fields of a feed that it depends on, those of its parts included.</summary>
    public IReadOnlyList<string> Fields => [.. Request.Catalog.Counts(Measure.Name).SelectMany(count => Lineage.FieldsOf(Request.Catalog.Measure(count).Condition)).Distinct()];
}
