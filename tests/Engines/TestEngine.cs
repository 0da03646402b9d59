using Dapper;
using Npgsql;
using Warehouse.Engines;
using Warehouse.Engines.DuckDb;
using Warehouse.Engines.Postgres;
using Warehouse.Engines.SqlServer;
using Xunit;

namespace Tests.Engines;

/// <summary>An empty warehouse of a test's own on one of the engines, gone after the test.</summary>
public sealed class TestEngine : IAsyncDisposable
{
    public const string DuckDb = "duckdb";
    public const string Postgres = "postgres";
    public const string SqlServer = "sqlserver";

    /// <summary>PostgreSQL with Citus: the database that <c>ANALYTICS_CITUS</c> names, on a coordinator with workers. It is emptied for each test.</summary>
    public const string Citus = "citus";

    /// <summary>There is one cluster only, so its tests take turns.</summary>
    static readonly SemaphoreSlim Cluster = new(1, 1);

    static readonly string? CitusConnection = Environment.GetEnvironmentVariable("ANALYTICS_CITUS") is { Length: > 0 } named ? named : null;

    /// <summary>Every engine there is on each machine.</summary>
    public static readonly IReadOnlyList<string> All = [DuckDb, Postgres, SqlServer];

    readonly Func<Task> remove;

    TestEngine(IEngine engine, Func<Task> remove)
    {
        Engine = engine;
        this.remove = remove;
    }

    public IEngine Engine { get; }

    /// <summary>The same with something in between, which goes with it.</summary>
    public TestEngine Through(Func<IEngine, IEngine> between) => new(between(Engine), remove);

    /// <summary>Why an engine does not answer here; null where it does.</summary>
    public static string? AbsentBecause(string engine) => engine switch
    {
        Postgres => PostgresServer.AbsentBecause,
        SqlServer => SqlServerServer.AbsentBecause,
        Citus => CitusConnection is null ? "no cluster: ANALYTICS_CITUS does not name a database of a Citus coordinator with workers" : null,
        _ => null,
    };

    /// <summary>Makes an empty warehouse.</summary>
    public static async Task<TestEngine> CreateAsync(string engine)
    {
        var database = await TestDatabase.CreateAsync(engine);
        if (engine == Postgres) return new(new PostgresEngine(database.Connection!), () => database.DisposeAsync().AsTask());
        if (engine == SqlServer) return new(new SqlServerEngine(database.Connection!), () => database.DisposeAsync().AsTask());
        if (engine == Citus)
        {
            await Cluster.WaitAsync();
            await EmptyAsync(CitusConnection!);
            return new(new PostgresEngine(CitusConnection!), () =>
            {
                Cluster.Release();
                return Task.CompletedTask;
            });
        }
        var home = Directory.CreateTempSubdirectory("analytics-duckdb-");
        return new(new DuckDbEngine(home.FullName, new DuckDbSettings("500MB", Threads: 2)), () =>
        {
            home.Delete(recursive: true);
            return Task.CompletedTask;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await remove();
    }

    /// <summary>Drops every schema that a warehouse makes.</summary>
    static async Task EmptyAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        const string Ours = @"select nspname from pg_namespace where nspname ~ '^(raw|fn|published(_.)?|(staging|warehouse|analytics)_.|(slice|before|replay)_.*)$'";
        foreach (var schema in (await connection.QueryAsync<string>(Ours)).ToList()) await connection.ExecuteAsync($"drop schema {schema} cascade", commandTimeout: 0);
    }
}

/// <summary>A test that needs engines; skipped, with the reason, where one of them does not answer.</summary>
public sealed class EngineFactAttribute : FactAttribute
{
    public EngineFactAttribute(params string[] engines) => Skip = engines.Select(TestEngine.AbsentBecause).FirstOrDefault(reason => reason is not null);
}

/// <inheritdoc cref="EngineFactAttribute"/>
public sealed class EngineTheoryAttribute : TheoryAttribute
{
    public EngineTheoryAttribute(params string[] engines) => Skip = engines.Select(TestEngine.AbsentBecause).FirstOrDefault(reason => reason is not null);
}
