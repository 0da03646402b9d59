using Warehouse.Engines.DuckDb;
using Warehouse.Engines.Postgres;
using Warehouse.Engines.SqlServer;

namespace Warehouse.Engines;

/// <summary>Which warehouse a program works with: named by its options, else by the environment, else the default.</summary>
/// <param name="Folder">The home; an absolute path.</param>
/// <param name="Connection">Connection string of a server.</param>
public sealed record EngineChoice(string Folder, string EngineName, string? Connection)
{
    public static EngineChoice From(string? home, string? engine) => new(
        Path.GetFullPath(home ?? Setting("ANALYTICS_HOME") ?? "home"),
        engine ?? Setting("ANALYTICS_ENGINE") ?? "duckdb",
        Setting("ANALYTICS_CONNECTION"));

    /// <exception cref="EngineChoiceException">There is no such engine, or it needs a connection string.</exception>
    /// <param name="keepsOpen">How long a program that answers many questions stays at the embedded file after one.</param>
    /// <param name="byDefault">What the embedded engine may use where the environment does not say.</param>
    public IEngine Open(TimeSpan keepsOpen = default, DuckDbSettings? byDefault = null) => EngineName switch
    {
        "duckdb" => new DuckDbEngine(Folder, Embedded(byDefault) with { KeepsOpen = keepsOpen }, Held),
        "postgres" => new PostgresEngine(Server, Held, Setting("ANALYTICS_REPLICA")),
        "sqlserver" => new SqlServerEngine(Server, SqlServerSettings.Read(Setting("ANALYTICS_COLUMNSTORE")), Held, Console.Error.WriteLine),
        _ => throw new EngineChoiceException($"unknown engine '{EngineName}'; there are duckdb, postgres and sqlserver"),
    };

    static Milestones Held => Milestones.Named(Setting("ANALYTICS_HOLDAT"));

    string Server => Connection ?? throw new EngineChoiceException($"engine {EngineName} needs a connection string in ANALYTICS_CONNECTION");

    /// <summary>What the embedded engine may use of the machine, wherever it is needed.</summary>
    public static DuckDbSettings Embedded(DuckDbSettings? byDefault = null) => Setting("ANALYTICS_MEMORY") is { } limit ? new(limit) : byDefault ?? new();

    static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>The engine was named wrongly: a mistake of whoever started the program.</summary>
public sealed class EngineChoiceException(string message) : Exception(message);
