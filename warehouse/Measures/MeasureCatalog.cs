using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;
using Warehouse.Wording;

namespace Warehouse.Measures;

/// <summary>The measures and dimensions of tasks and of what happened to them, read from <c>sql/measures/*.yml</c>.</summary>
public sealed class MeasureCatalog
{
    readonly Dictionary<string, MeasureFact> facts;
    readonly Dictionary<string, Measure> measures;
    readonly Dictionary<string, Dimension> dimensions;

    MeasureCatalog(string path, CatalogEntries entries)
    {
        Known = entries.Known is { Table.Length: > 0 } known ? (known.Table, known.Filter) : null;
        Open = entries.Open?.Table is { Length: > 0 } open ? open : null;
        Counted = entries.Counted is { Table.Length: > 0 } counted ? counted.ToTable() : null;
        facts = entries.ToFacts().ToDictionary(fact => fact.Name);
        measures = entries.Measures.ToDictionary(pair => pair.Key, pair => pair.Value.ToMeasure(path, pair.Key));
        dimensions = entries.Dimensions.ToDictionary(pair => pair.Key, pair => pair.Value.ToDimension(pair.Key));
        foreach (var name in facts.Values.SelectMany(fact => fact.Dimensions.Concat(fact.Needs.Length > 0 ? [fact.Needs] : [])))
            if (!dimensions.ContainsKey(name)) throw new CatalogException($"{path}: a fact names the dimension {name}, which is not defined");
        foreach (var measure in measures.Values)
        {
            if (!facts.ContainsKey(measure.Fact)) throw new CatalogException($"{path}: measure {measure.Name} is of {measure.Fact}, which is no fact");
            foreach (var part in measure.Parts.Concat(measure.Base))
                if (!measures.TryGetValue(part, out var found)) throw new CatalogException($"{path}: measure {measure.Name} uses {part}, which is not defined");
                else if (found.Kind == MeasureKind.Percentile) throw new CatalogException($"{path}: measure {measure.Name} uses {part}, but percentiles do not add up");
        }
        foreach (var measure in measures.Values) Terms(measure.Name);
    }

    /// <summary>The table of tasks as they stood on a day.</summary>
    public string Table => facts[MeasureFact.State].Table;

    /// <summary>Which rows of the table stand at the end of <c>{as_of}</c>.</summary>
    public string Filter => facts[MeasureFact.State].Filter;

    /// <summary>Every table that measures are counted over, that of tasks as they stood on a day first.</summary>
    public IReadOnlyCollection<MeasureFact> Facts => facts.Values;

    /// <summary>The table with the corrected past in it, and which of its rows were believed on <c>{known_at}</c>; null where the catalogue names none.</summary>
    public (string Table, string Filter)? Known { get; }

    /// <summary>The table of counts made in advance; null where the catalogue names none.</summary>
    public CountedTable? Counted { get; }

    /// <summary>The rows of the measures' table that are open on the newest extract's day or later, with their texts and the newest word on each; null where there is no such table.</summary>
    public string? Open { get; }

    public IReadOnlyCollection<Measure> Measures => measures.Values;

    public IReadOnlyCollection<Dimension> Dimensions => dimensions.Values;

    /// <exception cref="CatalogException">The file is not in order; the message names it and what is wrong.</exception>
    public static MeasureCatalog Load(string? path = null)
    {
        path ??= Path.Combine(Models.ModelFolder.Shipped, "measures", "tasks.yml");
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        try
        {
            return new MeasureCatalog(path, reader.Deserialize<CatalogEntries>(File.ReadAllText(path)));
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

    /// <summary>The table that a measure is counted over.</summary>
    public MeasureFact FactOf(Measure measure) => facts[measure.Fact];

    /// <summary>The terms that a sum stands for, or the measure itself, each once per time it is added.</summary>
    public IReadOnlyList<string> Terms(string name) => [.. TermsOf(name, [])];

    /// <summary>The terms that a measure needs: of a rate those of numerator and denominator.</summary>
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
        return measure.IsTerm ? [name] : measure.Parts.SelectMany(part => TermsOf(part, [.. open, name]));
    }

    static string Unknown(string kind, string name, IEnumerable<string> known) =>
        $"there is no {kind} '{name}'; {Nearest.Hint(name, known)}";
}

/// <summary>A measure, dimension or value was asked for that does not exist, or the catalogue is not in order.</summary>
public class CatalogException(string message) : Exception(message);
