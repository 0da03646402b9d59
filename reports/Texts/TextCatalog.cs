using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Reports.Texts;

/// <summary>The words of the pages in both languages, from <c>texts.yml</c>; names of measures are in <c>sql/measures</c>.</summary>
public sealed class TextCatalog
{
    public static readonly TextCatalog Shipped = Load(Path.Combine(AppContext.BaseDirectory, "Texts", "texts.yml"));

    readonly Dictionary<string, Entry> entries;

    TextCatalog(Dictionary<string, Entry> entries) => this.entries = entries;

    public IReadOnlyCollection<string> Keys => entries.Keys;

    public bool Has(string key) => entries.ContainsKey(key);

    public static TextCatalog Load(string path) =>
        new(new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build().Deserialize<Dictionary<string, Entry>>(File.ReadAllText(path)));

    /// <exception cref="KeyNotFoundException">The catalogue lacks the key, or its text in this language.</exception>
    public string Text(string key, bool english)
    {
        var text = entries.TryGetValue(key, out var entry) ? english ? entry.En : entry.Vi : "";
        return text.Length > 0 ? text : throw new KeyNotFoundException($"texts.yml has no '{key}' in {(english ? "English" : "Vietnamese")}");
    }

    sealed class Entry
    {
        public string Vi { get; set; } = "";
        public string En { get; set; } = "";
    }
}
