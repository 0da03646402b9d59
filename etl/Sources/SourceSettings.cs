using System.Globalization;
using System.Text.RegularExpressions;
using Etl.Feeds;
using Warehouse.Wording;

namespace Etl.Sources;

/// <summary>
/// The settings of a source and of one of its records (which win), read by name. A name that nobody knows, a missing
/// or an unusable value is a fault of the configuration, said before anything is read.
/// </summary>
sealed class SourceSettings
{
    readonly string place;
    readonly Dictionary<string, string> values;

    /// <param name="place">For coordinates: "source csv", "source csv › record task".</param>
    public SourceSettings(
        string place, IReadOnlyCollection<string> known, IReadOnlyDictionary<string, string> source,
        IReadOnlyDictionary<string, string>? record = null)
    {
        this.place = place;
        values = new(source);
        foreach (var (name, value) in record ?? new Dictionary<string, string>()) values[name] = value;
        values.Remove("kind");
        if (values.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw Wrong(unknown, $"no such setting; {Nearest.Hint(unknown, known)}");
    }

    public string? Text(string name) => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string Required(string name) => Text(name) ?? throw Wrong(name, "is missing");

    public int Number(string name, int otherwise, int least = 0) => Text(name) switch
    {
        null => otherwise,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least => number,
        { } text => throw Wrong(name, $"'{text}' is not a whole number of {least} or more"),
    };

    public TimeSpan Seconds(string name, double otherwise) => Text(name) switch
    {
        null => TimeSpan.FromSeconds(otherwise),
        { } text when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86_400
            => TimeSpan.FromSeconds(seconds),
        { } text => throw Wrong(name, $"'{text}' is not a number of seconds (0 to 86400)"),
    };

    public Regex? Pattern(string name, string group)
    {
        if (Text(name) is not { } text) return null;
        try
        {
            var pattern = new Regex(text, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
            return pattern.GetGroupNames().Contains(group) ? pattern : throw Wrong(name, $"'{text}' has no group (?<{group}>…)");
        }
        catch (ArgumentException e)
        {
            throw Wrong(name, $"'{text}' is not a regular expression: {e.Message}");
        }
    }

    /// <summary>The exception for a setting that cannot be used; values are quoted by the caller, for some are secret.</summary>
    public SourceException Wrong(string name, string why) => new(SourceFault.Configuration, $"{place} › {name}: {why}");
}
