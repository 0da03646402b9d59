using System.Text.RegularExpressions;

namespace Warehouse.Engines;

/// <summary>
/// What a build needs only while it runs lies in schemas of its own, named as the layers with something before them. No reader sees
/// them and nothing is lost with them, so an engine may keep them where that costs least.
/// </summary>
public static partial class PassingLayers
{
    /// <summary>What was told of some tasks and what is built of it; it stays until it is checked.</summary>
    public const string Slice = "slice_";

    /// <summary>Found before anything is replaced: fresh loads, the tasks that they tell of.</summary>
    public const string Before = "before_";

    /// <summary>Needed only while the rows of a slice are replaced.</summary>
    public const string During = "during_";

    /// <summary>What several slices are taken from, one after the other.</summary>
    public const string Stretch = "stretch_";

    /// <summary>Rows that are to lie behind all others, until those are written.</summary>
    public const string Aside = "aside_";

    /// <summary>What was known on an earlier day.</summary>
    public const string Replay = "replay_";

    /// <summary>The schema of what a statement makes, where it is such a one.</summary>
    /// <param name="words">With which the statement begins: "create table ".</param>
    internal static string? MadeBy(string sql, string words) =>
        sql.StartsWith(words, StringComparison.Ordinal) && Name().Match(sql) is { Success: true } name && name.Index == words.Length ? name.Value : null;

    /// <summary>The name of such a schema, anywhere in a statement but where it begins a text.</summary>
    [GeneratedRegex($@"(?<![\w'])(?:{Slice}|{Before}|{During}|{Stretch}|{Aside}|{Replay})(?:raw|staging|warehouse|analytics)\b")]
    internal static partial Regex Name();
}
