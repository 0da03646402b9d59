namespace Warehouse.Measures;

/// <summary>The catalogue as its file writes it.</summary>
sealed class CatalogEntries
{
    public string Table { get; set; } = "";
    public string Filter { get; set; } = "";
    public string Window { get; set; } = "";
    public KnownEntry? Known { get; set; }
    public CountedEntry? Counted { get; set; }
    public OpenEntry? Open { get; set; }
    public Dictionary<string, FactEntry> Facts { get; set; } = [];
    public Dictionary<string, DimensionEntry> Dimensions { get; set; } = [];
    public Dictionary<string, MeasureEntry> Measures { get; set; } = [];

    public IEnumerable<MeasureFact> ToFacts() =>
    [
        new(MeasureFact.State, Table, Filter, Window, [], ""),
        .. Facts.Select(fact => new MeasureFact(fact.Key, fact.Value.Table, fact.Value.Filter, fact.Value.Window, fact.Value.Dimensions, fact.Value.Needs) { Counted = fact.Value.Counted?.ToMonths() }),
    ];

    internal sealed class OpenEntry
    {
        public string Table { get; set; } = "";
    }

    internal sealed class KnownEntry
    {
        public string Table { get; set; } = "";
        public string Filter { get; set; } = "";
    }

    internal sealed class CountedEntry
    {
        public string Table { get; set; } = "";
        public string Exact { get; set; } = "";
        public string Rows { get; set; } = "";
        public string Begun { get; set; } = "";
        public string Ended { get; set; } = "";
        public string Turned { get; set; } = "";
        public List<string> Dimensions { get; set; } = [];
        public List<string> Columns { get; set; } = [];
        public string Standing { get; set; } = "";
        public List<string> Days { get; set; } = [];
        public List<string> OfOpen { get; set; } = [];

        public CountedTable ToTable() => new(Table, Exact, Rows, Begun, Ended, Turned, Standing, Dimensions, Columns, Days, OfOpen);
    }

    internal sealed class FactEntry
    {
        public string Table { get; set; } = "";
        public string Filter { get; set; } = "";
        public string Window { get; set; } = "";
        public List<string> Dimensions { get; set; } = [];
        public string Needs { get; set; } = "";
        public CountedMonthsEntry? Counted { get; set; }
    }

    internal sealed class CountedMonthsEntry
    {
        public string Table { get; set; } = "";
        public string Rows { get; set; } = "";
        public string Month { get; set; } = "";
        public List<string> Dimensions { get; set; } = [];
        public List<string> Columns { get; set; } = [];

        public CountedMonths ToMonths() => new(Table, Rows, Month, Dimensions, Columns);
    }

    internal sealed class DimensionEntry
    {
        public string Key { get; set; } = "";
        public string Sql { get; set; } = "";
        public string Table { get; set; } = "";
        public string Code { get; set; } = "";
        public string Name { get; set; } = "";
        public string NameEn { get; set; } = "";
        public string View { get; set; } = "";
        public string Known { get; set; } = "";
        public string KnownView { get; set; } = "";
        public string Label { get; set; } = "";
        public string LabelEn { get; set; } = "";

        public Dimension ToDimension(string name) => new(name, Table.Length > 0 ? Key : Sql, Table, Code, Name, NameEn, View, Label, LabelEn) { Known = (Known, KnownView) };
    }

    internal sealed class MeasureEntry
    {
        public string Fact { get; set; } = MeasureFact.State;
        public string Count { get; set; } = "";
        public string Total { get; set; } = "";
        public int Percentile { get; set; }
        public string Of { get; set; } = "";
        public string Where { get; set; } = "";
        public List<string> SumOf { get; set; } = [];
        public List<string> Rate { get; set; } = [];
        public List<string> Over { get; set; } = [];
        public string Label { get; set; } = "";
        public string LabelEn { get; set; } = "";
        public string About { get; set; } = "";
        public string AboutEn { get; set; } = "";
        public string Better { get; set; } = "";

        /// <exception cref="CatalogException">It is none of the kinds of measures.</exception>
        public Measure ToMeasure(string path, string name)
        {
            var (kind, condition, amount, parts) = this switch
            {
                { Count.Length: > 0 } => (MeasureKind.Count, Count, "", (IReadOnlyList<string>)[]),
                { Total.Length: > 0 } => (MeasureKind.Total, Where, Total, []),
                { Percentile: > 0 and < 100, Of.Length: > 0 } => (MeasureKind.Percentile, Where, Of, []),
                { SumOf.Count: > 0 } => (MeasureKind.Sum, "", "", SumOf),
                { Rate.Count: > 0, Over.Count: > 0 } => (MeasureKind.Rate, "", "", Rate),
                _ => throw new CatalogException($"{path}: measure {name} needs 'count', 'total', 'percentile' (1 to 99) with 'of', 'sum_of', or 'rate' with 'over'"),
            };
            return new(name, kind, condition, parts, Over, Label, LabelEn, About, AboutEn, Better, Fact) { Amount = amount, Percent = Percentile };
        }
    }
}
