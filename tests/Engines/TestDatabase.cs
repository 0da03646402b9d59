namespace Tests.Engines;

/// <summary>An empty database of a test's own where the engine is a server, gone after the test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    readonly Func<Task> drop;

    TestDatabase(string? connection, Func<Task> drop) => (Connection, this.drop) = (connection, drop);

    /// <summary>Its connection string; null where the engine is a file.</summary>
    public string? Connection { get; }

    /// <summary>Makes a database on the engine's server.</summary>
    /// <param name="template">On PostgreSQL, the connection string of a database to which nobody is connected: it is copied.</param>
    /// <param name="tablespace">On PostgreSQL, an empty folder in which it is to lie.</param>
    /// <param name="of">On PostgreSQL, the server; null = the one that the tests share.</param>
    public static async Task<TestDatabase> CreateAsync(string engine, string? template = null, string? tablespace = null, PostgresServer? of = null)
    {
        switch (engine)
        {
            case TestEngine.Postgres:
                var server = of ?? await PostgresServer.SharedAsync();
                var database = await server.CreateDatabaseAsync(template, tablespace);
                return new(database, () => server.DropDatabaseAsync(database, hasTablespace: tablespace is not null));
            case TestEngine.SqlServer:
                var named = await SqlServerServer.CreateDatabaseAsync();
                return new(named, () => SqlServerServer.DropDatabaseAsync(named));
            default:
                return new(null, () => Task.CompletedTask);
        }
    }

    public async ValueTask DisposeAsync() => await drop();
}
