using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.Serialization;

namespace Tests.Feeds;

/// <summary>Every feed file says only what docs/feeds.md explains.</summary>
public sealed class FeedFilesTests
{
    static readonly string Root = FindRoot();
    static readonly FeedWords Words = FeedWords.Read(Path.Combine(Root, "docs", "feeds.md"));

    public static TheoryData<string> Files =>
        [.. new[] { "etl/Feeds", "tests/Feeds" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.yml")).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public void Feed_uses_only_documented_keys(string file)
    {
        var feed = Map(new DeserializerBuilder().Build().Deserialize<object>(File.ReadAllText(Path.Combine(Root, file))));
        Assert.Empty(feed.Keys.Except(Words.Feed));
        Assert.Equal(Path.GetFileNameWithoutExtension(file), feed["feed"]);
        var source = Map(feed["source"]);
        var settings = Words.Settings[(string)source["kind"]];
        Assert.Empty(source.Keys.Except([.. settings, "kind"]));
        foreach (var (record, definition) in Map(feed["records"])) CheckRecord(record, Map(definition), settings);
    }

    static void CheckRecord(string name, Dictionary<string, object> record, HashSet<string> settings)
    {
        Assert.Empty(record.Keys.Except(["from", "columns"]));
        if (record.TryGetValue("from", out var from)) Assert.Empty(Map(from).Keys.Except(settings));
        var kind = name.Split('/')[0];
        Assert.Contains(kind, Words.Records.Keys);
        foreach (var (column, rule) in Map(record["columns"]))
        {
            Assert.True(Words.Records[kind].Contains(column), $"{kind} has no column {column}");
            var rules = Map(rule);
            Assert.Empty(rules.Keys.Except(Words.Column));
            if (rules.TryGetValue("known", out var known)) Assert.Contains((string)known, new[] { "opening", "event", "final" });
            if (column == "status" && rules.TryGetValue("lookup", out var states)) Assert.Empty(Map(states).Values.Cast<string>().Except(Words.Lifecycles));
            if (column == "event") Assert.Empty((rules.TryGetValue("lookup", out var events) ? Map(events).Values.Cast<string>() : [(string)rules["constant"]]).Except(Words.Events));
        }
    }

    static Dictionary<string, object> Map(object node) => ((Dictionary<object, object>)node).ToDictionary(pair => (string)pair.Key, pair => pair.Value);

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Analytics.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("Analytics.sln");
        return folder.FullName;
    }
}

/// <summary>The words that docs/feeds.md explains, read from its tables and paragraphs.</summary>
sealed partial record FeedWords(
    HashSet<string> Feed, Dictionary<string, HashSet<string>> Settings, HashSet<string> Column, Dictionary<string, HashSet<string>> Records, HashSet<string> Lifecycles, HashSet<string> Events)
{
    public static FeedWords Read(string path)
    {
        var text = File.ReadAllText(path);
        var sections = text.Split("\n## ");
        var example = sections[0].Split("```")[1];
        var records = Section("Records").Split("\n\n");
        return new FeedWords(
            [.. TopKey().Matches(example).Select(match => match.Groups[1].Value)],
            Rows("Sources").ToDictionary(row => Words(row[1]).First(), row => Words(row[2]).ToHashSet()),
            [.. Rows("Columns").SelectMany(row => Quoted().Matches(row[1]).Select(match => FirstWord().Match(match.Groups[1].Value).Value)), .. LabelKey().Matches(text).Select(_ => "label")],
            records.Where(part => part.Contains(" — one row per", StringComparison.Ordinal)).ToDictionary(part => Words(part).First(), part => Words(part).Concat(Categories(part)).ToHashSet()),
            [.. Words(records.Single(part => part.StartsWith("Lifecycles:", StringComparison.Ordinal)))],
            [.. Words(records.Single(part => part.StartsWith("Events:", StringComparison.Ordinal)))]);

        string Section(string title) => sections.Single(section => section.StartsWith(title, StringComparison.Ordinal));

        IEnumerable<string[]> Rows(string title) => Section(title).Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Replace("tab \\|", "tab", StringComparison.Ordinal).Split(" | ").Prepend("").Select(cell => cell.Trim('|', ' ')).ToArray());
    }

    static IEnumerable<string> Words(string text) => Quoted().Matches(text).Select(match => match.Groups[1].Value).Where(word => WholeWord().IsMatch(word));

    static IEnumerable<string> Categories(string text) => text.Contains("category_8", StringComparison.Ordinal) ? Enumerable.Range(1, 8).Select(i => $"category_{i}") : [];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("^[a-z_0-9]+$")]
    private static partial Regex WholeWord();

    [GeneratedRegex("^[a-z_]+")]
    private static partial Regex FirstWord();

    [GeneratedRegex("^([a-z_]+):", RegexOptions.Multiline)]
    private static partial Regex TopKey();

    [GeneratedRegex("`label:`")]
    private static partial Regex LabelKey();
}
