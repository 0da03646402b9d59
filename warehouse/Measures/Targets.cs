using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Warehouse.Measures;

/// <summary>What measures should reach and how they make up one score, from <c>sql/measures/targets.yml</c>.</summary>
public sealed class Targets
{
    /// <summary>More than this is not counted: one measure far above its target does not hide another below it.</summary>
    public const double Most = 1.25;

    Targets(IReadOnlyList<Target> all) => All = all;

    public IReadOnlyList<Target> All { get; }

    /// <exception cref="CatalogException">The file names no measure, or one that is no rate, or a target that nothing can be divided by.</exception>
    public static Targets Load(MeasureCatalog catalog, string? path = null)
    {
        path ??= Path.Combine(Models.ModelFolder.Shipped, "measures", "targets.yml");
        try
        {
            var entries = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build().Deserialize<Dictionary<string, Entry>>(File.ReadAllText(path));
            return new([.. entries.Select(entry => ToTarget(path, catalog.Measure(entry.Key), entry.Value))]);
        }
        catch (YamlDotNet.Core.YamlException error)
        {
            throw new CatalogException($"{path} › line {error.Start.Line}: {error.InnerException?.Message ?? error.Message}");
        }
    }

    /// <summary>The weighted mean of what was reached; measures without a value are left out. Null where none has one.</summary>
    /// <param name="value">The rate of a measure, 0 to 1.</param>
    public double? Score(Func<string, double?> value)
    {
        var reached = All.Select(target => (target.Weight, Reached: target.Reached(value(target.Measure.Name)))).Where(one => one.Reached is not null).ToList();
        return reached.Count == 0 ? null : reached.Sum(one => one.Weight * one.Reached!.Value) / reached.Sum(one => one.Weight);
    }

    static Target ToTarget(string path, Measure measure, Entry entry)
    {
        if (measure.Kind != MeasureKind.Rate) throw new CatalogException($"{path}: {measure.Name} is no rate");
        var target = new Target(measure, entry.Target / 100, entry.Weight, entry.Owner, entry.OwnerEn);
        return target.Wanted > 0 && entry.Weight > 0 ? target : throw new CatalogException($"{path}: {measure.Name} needs a weight above 0 and a target that leaves something to reach");
    }

    sealed class Entry
    {
        public double Target { get; set; }
        public double Weight { get; set; }
        public string Owner { get; set; } = "";
        public string OwnerEn { get; set; } = "";
    }
}

/// <param name="Value">The rate to reach, or not to pass where lower is better: 0 to 1.</param>
/// <param name="Owner">Who answers for it, in Vietnamese.</param>
public sealed record Target(Measure Measure, double Value, double Weight, string Owner, string OwnerEn)
{
    bool IsLow => Measure.Better == "lower";

    internal double Wanted => IsLow ? 1 - Value : Value;

    /// <summary>Measure ÷ target, at most <see cref="Targets.Most"/>; of one that should be low, of what is left of 1. Null where there is no value.</summary>
    public double? Reached(double? value) => value is { } rate ? Math.Min(Targets.Most, (IsLow ? 1 - rate : rate) / Wanted) : null;

    public bool IsMet(double value) => IsLow ? value <= Value : value >= Value;
}
