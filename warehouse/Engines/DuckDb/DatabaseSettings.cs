using System.Data.Common;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// A connection string, read: the path of the database and DuckDB's own options. A key is an option's name with
/// blanks for underscores, so <c>Memory Limit=2GB</c> sets <c>memory_limit</c>; DuckDB rejects unknown ones on opening.
/// </summary>
sealed record DatabaseSettings(string Path, IReadOnlyDictionary<string, string> Options)
{
    const string InMemory = ":memory:";

    /// <summary>No other connection can reach the database: it is in memory and has no name.</summary>
    public bool IsPrivate => Path == InMemory;

    /// <summary>
    /// <c>Instance=NAME</c>: tells files apart that bear the same path one after the other. Who reads a file that was replaced under
    /// its name goes on with the old one, and who opens it then must not be given that.
    /// </summary>
    public string Instance { get; init; } = "";

    /// <summary>What connections share a database by.</summary>
    public (string Path, string Instance) Key => (OperatingSystem.IsWindows() ? Path.ToUpperInvariant() : Path, Instance);

    public bool IsReadOnly => Options.TryGetValue("access_mode", out var mode) && mode.Equals("READ_ONLY", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path as DuckDB takes it; names of databases in memory are known only here.</summary>
    public string NativePath => Path.StartsWith(InMemory, StringComparison.Ordinal) ? InMemory : Path;

    /// <exception cref="ArgumentException">The text is not a connection string or has no Data Source.</exception>
    public static DatabaseSettings Parse(string connectionString)
    {
        if (connectionString == InMemory) connectionString = "Data Source=" + InMemory;
        var pairs = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var (path, instance) = ((string?)null, "");
        // Sorted, so that the same settings compare alike and errors name the same option each time.
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in pairs.Keys)
        {
            var value = pairs[key].ToString()!;
            var name = key.ToLowerInvariant().Replace(' ', '_');
            if (name is "data_source" or "datasource") path = value;
            else if (name == "instance") instance = value;
            else options[name] = value;
        }
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("a DuckDB connection string needs 'Data Source=PATH' or 'Data Source=:memory:'");
        return new DatabaseSettings(path.StartsWith(InMemory, StringComparison.Ordinal) ? path : RealPath(path), options) { Instance = instance };
    }

    // A link and the file it points to are one database, which a process may open only once.
    static string RealPath(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}
