using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;
using Warehouse.Wording;

namespace Warehouse.Measures;

/// <summary>The measures and dimensions of one table, read from <c>sql/measures/*.yml</c>.</summary>
public sealed class MeasureCatalog
{
    readonly Dictionary<string, Measure> measures;
    readonly Dictionary<string, Dimension> dimensions;

    MeasureCatalog(string path, Entries entries)
    {
        Table = entries.Table;
        Filter = entries.Filter;
        Window = entries.Window;
        Known = entries.Known is { Table.Length: > 0 } known ? (known.Table, known.Filter) : null;
        Counted = entries.Counted is { Table.Length: > 0 } counted ? new(counted.Table, counted.Rows, counted.Days, counted.Dimensions, counted.Without) : null;
        measures = entries.Measures.ToDictionary(pair => pair.Key, pair => ToMeasure(path, pair.Key, pair.Value));
        dimensions = entries.Dimensions.ToDictionary(pair => pair.Key, pair => ToDimension(pair.Key, pair.Value));
        foreach (var measure in measures.Values)
            foreach (var part in measure.Parts.Concat(measure.Base))
                if (!measures.ContainsKey(part)) throw new CatalogException($"{path}: measure {measure.Name} uses {part}, which is not defined");
        foreach (var measure in measures.Values) Terms(measure.Name);
    }

    public string Table { get; }

    /// <summary>Which rows of the table stand at the end of <c>{as_of}</c>.</summary>
    public string Filter { get; }

    /// <summary>The date column that a window of days applies to.</summary>
    public string Window { get; }

    /// <summary>The table with the corrected past in it, and which of its rows were believed on <c>{known_at}</c>; null where the catalogue names none.</summary>
    public (string Table, string Filter)? Known { get; }

    /// <summary>The table of counts made in advance; null where the catalogue names none.</summary>
    public CountedTable? Counted { get; }

    public IReadOnlyCollection<Measure> Measures => measures.Values;

    public IReadOnlyCollection<Dimension> Dimensions => dimensions.Values;

    /// <exception cref="CatalogException">The file is not in order; the message names it and what is wrong.</exception>
    public static MeasureCatalog Load(string? path = null)
    {
        path ??= Path.Combine(Models.ModelFolder.Shipped, "measures", "tasks.yml");
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        try
        {
            return new MeasureCatalog(path, reader.Deserialize<Entries>(File.ReadAllText(path)));
        }
        catch (YamlDotNet.Core.YamlException error)
        {
            throw new CatalogException($"{path} › line {error.Start.Line}: {error.InnerException?.Message ?? error.Message}");
        }
    }

    /// <exception cref="CatalogException">There is no such measure; the message names the nearest one.</exception>
    public Measure Measure(string name) =>
        measures.GetValueOrDefault(name) ?? throw new CatalogException(Unknown("measure", name, measures.Keys));

    /// <exception cref="CatalogException">There is no such dimension; the message names the nearest one.</exception>
    public Dimension Dimension(string name) =>
        dimensions.GetValueOrDefault(name) ?? throw new CatalogException(Unknown("dimension", name, dimensions.Keys));

    /// <summary>The counts that a sum or a count stands for, each once per time it is added.</summary>
    public IReadOnlyList<string> Terms(string name) => [.. TermsOf(name, [])];

    /// <summary>The counts that a measure needs: of a rate those of numerator and denominator.</summary>
    public IEnumerable<string> Counts(string name)
    {
        var measure = Measure(name);
        return measure.Kind == MeasureKind.Rate
            ? measure.Parts.Concat(measure.Base).SelectMany(Terms).Distinct()
            : Terms(name).Distinct();
    }

    IEnumerable<string> TermsOf(string name, IReadOnlyList<string> open)
    {
        if (open.Contains(name)) throw new CatalogException($"measures use each other in a circle: {string.Join(" → ", open)} → {name}");
        var measure = Measure(name);
        return measure.Kind == MeasureKind.Count ? [name] : measure.Parts.SelectMany(part => TermsOf(part, [.. open, name]));
    }

    static string Unknown(string kind, string name, IEnumerable<string> known) =>
        $"there is no {kind} '{name}'; {Nearest.Hint(name, known)}";

    static Measure ToMeasure(string path, string name, MeasureEntry entry)
    {
        var kind = entry switch
        {
            { Count.Length: > 0 } => MeasureKind.Count,
            { SumOf.Count: > 0 } => MeasureKind.Sum,
            { Rate.Count: > 0, Of.Count: > 0 } => MeasureKind.Rate,
            _ => throw new CatalogException($"{path}: measure {name} needs 'count', 'sum_of', or 'rate' with 'of'"),
        };
        return new(name, kind, entry.Count, kind == MeasureKind.Sum ? entry.SumOf : entry.Rate, entry.Of, entry.Label, entry.LabelEn, entry.About, entry.AboutEn, entry.Better);
    }

    static Dimension ToDimension(string name, DimensionEntry entry) =>
        new(name, entry.Table.Length > 0 ? entry.Key : entry.Sql, entry.Table, entry.Code, entry.Name, entry.NameEn, entry.View, entry.Label, entry.LabelEn);

    sealed class Entries
    {
        public string Table { get; set; } = "";
        public string Filter { get; set; } = "";
        public string Window { get; set; } = "";
        public KnownEntry? Known { get; set; }
        public CountedEntry? Counted { get; set; }
        public Dictionary<string, DimensionEntry> Dimensions { get; set; } = [];
        public Dictionary<string, MeasureEntry> Measures { get; set; } = [];
    }

    sealed class KnownEntry
    {
        public string Table { get; set; } = "";
        public string Filter { get; set; } = "";
    }

    sealed class CountedEntry
    {
        public string Table { get; set; } = "";
        public string Rows { get; set; } = "";
        public string Days { get; set; } = "";
        public List<string> Dimensions { get; set; } = [];
        public List<string> Without { get; set; } = [];
    }

    sealed class DimensionEntry
    {
        public string Key { get; set; } = "";
        public string Sql { get; set; } = "";
        public string Table { get; set; } = "";
        public string Code { get; set; } = "";
        public string Name { get; set; } = "";
        public string NameEn { get; set; } = "";
        public string View { get; set; } = "";
        public string Label { get; set; } = "";
        public string LabelEn { get; set; } = "";
    }

    sealed class MeasureEntry
    {
        public string Count { get; set; } = "";
        public List<string> SumOf { get; set; } = [];
        public List<string> Rate { get; set; } = [];
        public List<string> Of { get; set; } = [];
        public string Label { get; set; } = "";
        public string LabelEn { get; set; } = "";
        public string About { get; set; } = "";
        public string AboutEn { get; set; } = "";
        public string Better { get; set; } = "";
    }
}

/// <summary>A measure, dimension or value was asked for that does not exist, or the catalogue is not in order.</summary>
public class CatalogException(string message) : Exception(message);
