using System.Text.RegularExpressions;
using Dapper;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// Keeps <see cref="PassingLayers"/> in a database in memory, beside the file: nothing is packed for rows that are read once or twice, and
/// none of them comes into the file, where it would leave holes. What does not fit into the memory limit DuckDB puts into its spill folder.
/// </summary>
sealed partial class PassingDatabase
{
    const string Name = "passing";

    readonly string file;

    PassingDatabase(string file) => this.file = file;

    /// <summary>Attaches it to a connection, for as long as that one's database is open.</summary>
    public static async Task<PassingDatabase> AttachAsync(DuckDbConnection connection, CancellationToken cancel)
    {
        await connection.ExecuteAsync(new CommandDefinition($"attach if not exists ':memory:' as {Name}", cancellationToken: cancel));
        return new((await connection.ExecuteScalarAsync<string>("select current_database()"))!);
    }

    /// <summary>The statement with the names that lead there.</summary>
    public string Physical(string sql)
    {
        // A view there looks for names beside itself, and not in the file.
        if (PassingLayers.MadeBy(sql, "create view ") is { } made && !IsLong(made)) sql = Layer().Replace(sql, $"\"{file}\".$0");
        return PassingLayers.Name().Replace(sql, name => IsLong(name.Value) ? name.Value : $"{Name}.{name.Value}");
    }

    /// <summary>Better packed in the file: as long as many slices.</summary>
    static bool IsLong(string schema) => schema.StartsWith(PassingLayers.Stretch, StringComparison.Ordinal) || schema.StartsWith(PassingLayers.Aside, StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\w.])(?:raw|staging|warehouse|analytics|fn)\.")]
    private static partial Regex Layer();
}
