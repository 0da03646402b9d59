using System.Globalization;
using Warehouse.Wording;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Etl.Feeds;

/// <summary>A mapping of a configuration file, a feed's for one, read with messages that name file, line and the nearest known key.</summary>
sealed class FeedNode(string path, YamlMappingNode node)
{
    readonly Dictionary<string, (YamlScalarNode Key, YamlNode Value)> entries =
        node.Children.ToDictionary(child => KeyOf(path, child.Key).Value ?? "", child => (KeyOf(path, child.Key), child.Value));

    /// <summary>The whole of a file.</summary>
    /// <param name="what">"a feed", for messages.</param>
    /// <exception cref="FeedException">It is not YAML, or not one mapping.</exception>
    public static FeedNode ReadFile(string path, string what)
    {
        var name = Path.GetFileName(path);
        try
        {
            var stream = new YamlStream();
            using var reader = new StreamReader(path);
            stream.Load(reader);
            return stream.Documents is [{ RootNode: YamlMappingNode mapping }] ? new(name, mapping) : throw new FeedException($"{name} › line 1: {what} is one mapping");
        }
        catch (YamlException error)
        {
            throw new FeedException($"{name} › line {error.Start.Line}: {error.Message}");
        }
        catch (InvalidOperationException)
        {
            // The parser's own stumbling, over "title: [" for one (seen with YamlDotNet 16).
            throw new FeedException($"{name} › line 1: is not YAML; a bracket or a quote may not be closed");
        }
    }

    public IEnumerable<string> Keys => entries.Keys;

    public bool Has(string key) => entries.ContainsKey(key);

    /// <exception cref="FeedException">A key is none of these.</exception>
    public FeedNode Allow(params IReadOnlyCollection<string> known)
    {
        foreach (var (key, (keyNode, _)) in entries)
            if (!known.Contains(key)) throw Error(keyNode, $"unknown key '{key}'; {Nearest.Hint(key, known)}");
        return this;
    }

    public string Text(string key, string ifAbsent = "") => entries.TryGetValue(key, out var entry) ? Scalar(entry.Value, key) : ifAbsent;

    public string? TextOrNull(string key) => entries.TryGetValue(key, out var entry) ? Scalar(entry.Value, key) : null;

    public string Required(string key) => Has(key) ? Text(key) : throw Error(node, $"key '{key}' is missing");

    public bool Flag(string key) => Text(key, "false") switch
    {
        "true" => true,
        "false" => false,
        var other => throw ErrorAt(key, $"'{other}' is neither true nor false"),
    };

    public int Number(string key) => int.TryParse(Text(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw ErrorAt(key, $"'{Text(key)}' is not a whole number");

    public string OneOf(string key, string ifAbsent, params string[] known)
    {
        var value = Text(key, ifAbsent);
        return known.Contains(value) ? value : throw ErrorAt(key, $"'{value}' is none of {string.Join(", ", known)}");
    }

    /// <summary>A time zone; Vietnam's where none is said.</summary>
    public TimeZoneInfo Zone(string key)
    {
        var id = Text(key, "Asia/Ho_Chi_Minh");
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : throw ErrorAt(key, $"'{id}' is not a time zone");
    }

    /// <summary>A list, or one value as a list of one.</summary>
    public IReadOnlyList<string> List(string key) => !entries.TryGetValue(key, out var entry)
        ? []
        : entry.Value is YamlSequenceNode sequence ? [.. sequence.Select(item => Scalar(item, key))] : [Scalar(entry.Value, key)];

    public FeedNode Map(string key) => entries.TryGetValue(key, out var entry) && entry.Value is YamlMappingNode mapping
        ? new(path, mapping)
        : throw ErrorAt(key, $"'{key}' must be a mapping");

    public IReadOnlyDictionary<string, string> Texts(string key) => !Has(key)
        ? new Dictionary<string, string>()
        : Map(key).entries.ToDictionary(pair => pair.Key, pair => Scalar(pair.Value.Value, pair.Key));

    public FeedException ErrorAt(string key, string what) => Error(entries.TryGetValue(key, out var entry) ? entry.Key : node, what);

    string Scalar(YamlNode value, string key) =>
        value is YamlScalarNode scalar ? scalar.Value ?? "" : throw ErrorAt(key, $"'{key}' must be a single value");

    static YamlScalarNode KeyOf(string path, YamlNode key) =>
        key as YamlScalarNode ?? throw new FeedException($"{path} › line {key.Start.Line}: a key must be a single value");

    FeedException Error(YamlNode at, string what) => new($"{path} › line {at.Start.Line}: {what}");
}
