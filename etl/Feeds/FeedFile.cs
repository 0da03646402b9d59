using System.Globalization;
using Warehouse.Keys;
using Warehouse.Wording;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Etl.Feeds;

/// <summary>Reads a feed from its YAML file and refuses what it does not understand, by line.</summary>
public static class FeedFile
{
    internal static readonly string[] FeedKeys =
    [
        "feed", "system", "title", "title_en", "scope", "generated", "licence", "time_zone", "province", "agencies", "persons", "trend_only",
        "max_rejected", "source", "agency_aliases", "records",
    ];

    internal static readonly string[] ColumnKeys =
    [
        "from", "constant", "copy", "concat", "add_days", "lookup", "else", "formats", "end_of_day", "empty", "number", "split", "required",
        "optional", "known", "person", "label",
    ];

    /// <exception cref="FeedException">The file is not a feed; the message names the line.</exception>
    public static Feed Read(string path)
    {
        var name = Path.GetFileName(path);
        var root = new FeedNode(name, Root(path, name)).Allow(FeedKeys);
        var source = root.Map("source");
        source.OneOf("kind", "", "csv", "workbook", "rest", "sql");
        return new Feed(
            root.Required("feed"), root.Text("system", root.Required("feed")), root.Text("title", root.Required("feed")),
            root.Text("title_en", root.Text("title", root.Required("feed"))), root.OneOf("scope", "vietnam", "vietnam", "example"),
            root.Text("licence"), root.Text("province"), Zone(root), root.Flag("generated"), root.Flag("trend_only"),
            root.OneOf("agencies", "listed", "listed", "own") == "own", root.OneOf("persons", "drop", "drop", "keep") == "keep", Limit(root),
            root.Texts("source"), root.Texts("agency_aliases"), Records(root), path) { Fingerprint = StableKey.Of("feed", File.ReadAllText(path)) };
    }

    static YamlMappingNode Root(string path, string name)
    {
        try
        {
            var stream = new YamlStream();
            using var reader = new StreamReader(path);
            stream.Load(reader);
            return stream.Documents is [{ RootNode: YamlMappingNode mapping }] ? mapping : throw new FeedException($"{name} › line 1: a feed is one mapping");
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

    static TimeZoneInfo Zone(FeedNode root)
    {
        var id = root.Text("time_zone", "Asia/Ho_Chi_Minh");
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : throw root.ErrorAt("time_zone", $"'{id}' is not a time zone");
    }

    static RejectLimit Limit(FeedNode root)
    {
        var text = root.Text("max_rejected", "0").Trim();
        var isShare = text.EndsWith('%');
        if (!double.TryParse(text.TrimEnd('%', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number < 0)
            throw root.ErrorAt("max_rejected", $"'{text}' is neither a number of rows nor a share such as '2 %'");
        return isShare ? new(0, number / 100) : new((long)number, 0);
    }

    static List<FeedRecord> Records(FeedNode root)
    {
        if (!root.Has("records")) throw root.ErrorAt("feed", "key 'records' is missing");
        var records = root.Map("records");
        return [.. records.Keys.Select(name => Record(records, name))];
    }

    static FeedRecord Record(FeedNode records, string name)
    {
        var kind = CanonicalRecord.KindOf(name)
            ?? throw records.ErrorAt(name, $"unknown record '{name}'; {Nearest.Hint(name, ["task", "task_event", "agency", "published_total", "plan_request"])}");
        var canonical = CanonicalRecord.Of(kind).ToDictionary(column => column.Name);
        var record = records.Map(name).Allow("from", "missing", "columns");
        if (!record.Has("columns")) throw records.ErrorAt(name, $"record '{name}' has no columns");
        var columns = record.Map("columns").Allow([.. canonical.Keys]);
        foreach (var required in canonical.Values.Where(column => column.Required))
            if (!columns.Has(required.Name)) throw records.ErrorAt(name, $"record '{name}' needs a column '{required.Name}'");
        return new(name, kind, record.Texts("from"), [.. columns.Keys.Select(column => Column(columns, canonical[column]))])
        {
            MissingIsGone = record.OneOf("missing", "kept", "kept", "gone") == "gone",
        };
    }

    static FeedColumn Column(FeedNode columns, CanonicalColumn canonical)
    {
        var node = columns.Map(canonical.Name).Allow(ColumnKeys);
        var made = new[] { "from", "constant", "copy", "concat", "add_days" }.Where(node.Has).ToList();
        if (made.Count != 1) throw columns.ErrorAt(canonical.Name, $"column '{canonical.Name}' must have exactly one of from, constant, copy, concat, add_days");
        var column = new FeedColumn(canonical.Name, canonical.Type)
        {
            From = node.List("from"), Constant = node.TextOrNull("constant"), Copy = node.TextOrNull("copy"), Concat = node.List("concat"),
            AddDays = node.Has("add_days") ? (node.Map("add_days").Allow("to", "days").Required("to"), node.Map("add_days").Number("days")) : null,
            Lookup = node.Has("lookup") ? node.Texts("lookup") : null, Else = node.TextOrNull("else"), Formats = node.List("formats"), Empty = node.List("empty"),
            EndOfDay = node.Flag("end_of_day"), DecimalComma = node.OneOf("number", "point", "point", "comma") == "comma", Split = node.Text("split", ",;"),
            Required = canonical.Required || node.Flag("required"), Known = node.OneOf("known", "final", "opening", "event", "final"),
            IsPerson = node.Flag("person"), IsOptional = node.Flag("optional"), Codes = canonical.Codes, Label = node.Text("label"),
        };
        CheckCodes(node, canonical, column);
        CheckFormats(node, column);
        return column;
    }

    static void CheckCodes(FeedNode node, CanonicalColumn canonical, FeedColumn column)
    {
        if (canonical.Codes is null) return;
        foreach (var code in (column.Lookup?.Values ?? []).Append(column.Constant).Append(column.Else))
            if (code is { Length: > 0 } && !canonical.Codes.Contains(code))
                throw node.ErrorAt(column.Lookup is null ? "constant" : "lookup", $"'{code}' is no {canonical.Name}; {Nearest.Hint(code, canonical.Codes)}");
    }

    static void CheckFormats(FeedNode node, FeedColumn column)
    {
        if (column.Type != CanonicalType.Moment || column.Constant is not null || column.Copy is not null || column.AddDays is not null) return;
        if (column.Formats.Count == 0) throw node.ErrorAt(node.Keys.First(), $"column '{column.Name}' is a date: say its formats");
        var compiled = Normalise.DateFormats.Compile(column.Formats);
        if (!compiled.Ok) throw node.ErrorAt("formats", compiled.Reason!);
    }
}
