using System.Text.RegularExpressions;

namespace Warehouse.Models;

/// <summary>How a model's rows are stored.</summary>
public enum ModelKind
{
    /// <summary>Computed when read.</summary>
    View,
    /// <summary>Built anew as a whole.</summary>
    Table,
    /// <summary>Built like a table for those that read it, and dropped when they are built.</summary>
    Step,
    /// <summary>Collected day by day of knowledge: what the SELECT gives when only the extracts up to that day are read.</summary>
    Replay,
}

/// <summary>
/// A file of <c>sql/</c>: one portable SELECT whose path is its name, with a header that says what one row is, how it is
/// stored and what identifies a row.
/// </summary>
/// <param name="Layer">The folder: staging, warehouse or analytics.</param>
/// <param name="Name">The file's name without ending.</param>
/// <param name="About">What one row is.</param>
/// <param name="Key">Columns that identify a row; empty where the header says <c>none</c>.</param>
/// <param name="Slice">
/// Column that says whose rows they are, where the rows of a task follow from what is told of that task (and of its chain) alone;
/// <see cref="Summed"/> where rows are counts; null where the model is built as a whole whenever a task changes.
/// </param>
/// <param name="Sql">The SELECT.</param>
/// <param name="Path">For messages.</param>
public sealed partial record Model(string Layer, string Name, string About, ModelKind Kind, IReadOnlyList<string> Key, string? Slice, string Sql, string Path)
{
    /// <summary>The <see cref="Slice"/> of a model whose key is a group of tasks and whose other columns are counts of them.</summary>
    public const string Summed = "sum";

    public string FullName => $"{Layer}.{Name}";

    /// <summary>Columns by which rows should lie in the order of what is asked of them; empty where it does not matter.</summary>
    public IReadOnlyList<string> Sorted { get; init; } = [];

    /// <summary>
    /// True where most rows of a task stay as they are when it changes, as its events do: then only the rows that changed are replaced.
    /// <c>replaced: changed</c> in the header.
    /// </summary>
    public bool KeepsUnchanged { get; init; }

    /// <summary>A SELECT of its rows, in its order where the engine leaves out what lies outside of a question.</summary>
    public string InOrder(string select, Engines.Workspace workspace) => Sorted.Count > 0 && workspace.SkipsByOrder ? $"{select}\norder by {string.Join(", ", Sorted)}" : select;

    /// <summary>The file of its written checks; most models have none.</summary>
    public string ChecksPath => System.IO.Path.ChangeExtension(Path, ".checks.sql");

    /// <summary>Tables and views named after <c>from</c> or <c>join</c>, in logical names.</summary>
    public IReadOnlySet<string> Reads { get; } = ReadNames(Sql);

    /// <exception cref="ModelException">The header is not in the form that the builder needs.</exception>
    public static Model Parse(string layer, string path, string text)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var comments = text.Split('\n').TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal)).Select(line => line[2..].Trim()).ToList();
        string Fact(string fact) => Optional(fact) ?? throw new ModelException($"{path}: the header has no line '-- {fact}: …'");
        var about = string.Join(' ', comments.TakeWhile(line => !line.StartsWith("kind:", StringComparison.Ordinal)));
        if (about.Length == 0) throw new ModelException($"{path}: the first line must say what one row is");
        var key = Fact("key");
        string? Optional(string fact) => comments.Find(line => line.StartsWith(fact + ":", StringComparison.Ordinal))?[(fact.Length + 1)..].Trim();
        return new Model(layer, name, about, KindOf(Fact("kind"), path), key == "none" ? [] : key.Split(',', StringSplitOptions.TrimEntries), Optional("slice"), text.Trim().TrimEnd(';'), path)
        {
            Sorted = Optional("sorted")?.Split(',', StringSplitOptions.TrimEntries) ?? [],
            KeepsUnchanged = KeepsUnchangedBy(Optional("replaced"), key, path),
        };
    }

    static bool KeepsUnchangedBy(string? replaced, string key, string path) => replaced switch
    {
        null => false,
        "changed" when key != "none" => true,
        "changed" => throw new ModelException($"{path}: only changed rows are to be replaced, but no key says which they are"),
        _ => throw new ModelException($"{path}: replaced '{replaced}' is not 'changed'"),
    };

    static ModelKind KindOf(string kind, string path) => kind switch
    {
        "view" => ModelKind.View,
        "table" => ModelKind.Table,
        "step" => ModelKind.Step,
        "replay" => ModelKind.Replay,
        _ => throw new ModelException($"{path}: kind '{kind}' is neither view, table, step nor replay"),
    };

    /// <summary>Tables and views that SQL names after <c>from</c> or <c>join</c>.</summary>
    public static HashSet<string> ReadNames(string sql) =>
        [.. TableName().Matches(Comment().Replace(sql, "")).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"\b(?:from|join)\s+(?<name>(?:raw|staging|warehouse|analytics)\.\w+)")]
    private static partial Regex TableName();

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comment();
}

/// <summary>A model file is not in order, or could not be built. The message names file and model.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
