using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using Warehouse.Raw;

namespace Warehouse.Engines.Postgres;

/// <summary>
/// The warehouse on a PostgreSQL server. Raw is shared; the built layers exist twice (<c>warehouse_a</c>,
/// <c>warehouse_b</c>), and <c>raw.publication</c> says which of them readers see. So publishing is one small insert:
/// it waits for no reader and blocks none.
/// </summary>
public sealed partial class PostgresEngine : IEngine
{
    readonly NpgsqlDataSource source;

    public PostgresEngine(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Timezone = "UTC", IncludeErrorDetail = true };
        Place = $"PostgreSQL {settings.Host}:{settings.Port}, database {settings.Database}";
        source = NpgsqlDataSource.Create(settings.ConnectionString);
    }

    public string Name => "postgres";

    /// <summary>Server and database, for messages; never the password.</summary>
    public string Place { get; }

    public string TypeName(Column column) => column.Type switch
    {
        ColumnType.BigInt => "bigint",
        ColumnType.Integer => "integer",
        ColumnType.SmallInt => "smallint",
        ColumnType.Double => "double precision",
        ColumnType.Date => "date",
        ColumnType.Timestamp => "timestamp",
        _ => "text",
    };

    public async Task<Session?> OpenPublishedAsync(CancellationToken cancel)
    {
        var connection = await ConnectAsync(cancel);
        var publication = await PublishedAsync(connection, cancel);
        if (publication.Number > 0) return new Session(connection, sql => InSlot(sql, publication.Slot), publication);
        await connection.DisposeAsync();
        return null;
    }

    public async Task<Workspace> OpenWorkspaceAsync(CancellationToken cancel)
    {
        var connection = await ConnectAsync(cancel);
        await PrepareAsync(connection, cancel);
        var published = await PublishedAsync(connection, cancel);
        return new PostgresWorkspace(connection, new Publication(published.Number + 1, published.OtherSlot));
    }

    public async Task<Workspace> OpenTrialAsync(CancellationToken cancel)
    {
        var connection = await ConnectAsync(cancel);
        var whole = await connection.BeginTransactionAsync(cancel);
        await PrepareAsync(connection, cancel);
        var published = await PublishedAsync(connection, cancel);
        return new PostgresTrial(connection, whole, new Publication(published.Number + 1, published.OtherSlot));
    }

    public EngineException? FailureBehind(Exception error)
    {
        for (var each = error; each is not null; each = each.InnerException)
            if (each is NpgsqlException said && IsFailure(said)) return new($"{Place} went away or is out of resources: {said.Message.ReplaceLineEndings(" ")}", error);
        return null;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>The connection broke, or the server says that it is unwell: connection (08), resources (53), shutdown (57P), system (58).</summary>
    static bool IsFailure(NpgsqlException said) =>
        said is not PostgresException server || Array.Exists(["08", "53", "57P", "58"], kind => server.SqlState.StartsWith(kind, StringComparison.Ordinal));

    /// <summary>The layers that exist once per slot get its letter.</summary>
    internal static string InSlot(string sql, string slot) => BuiltLayer().Replace(sql, $"${{layer}}_{slot}.");

    async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancel)
    {
        try
        {
            return await source.OpenConnectionAsync(cancel);
        }
        catch (Exception error) when (error is NpgsqlException or System.Net.Sockets.SocketException)
        {
            throw new EngineException($"{Place} cannot be reached: {error.Message}", error);
        }
    }

    async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var functions = await File.ReadAllTextAsync(Path.Combine(Models.ModelFolder.Shipped, "engines", "postgres.sql"), cancel);
        var tables = RawTables.All.Select(table => this.CreateTable(table));
        const string Publication = "create table if not exists raw.publication (publication_no integer primary key, slot text not null)";
        var script = string.Join(";\n", ["create schema if not exists raw", .. tables, .. Indexes(), Publication, functions]);
        await connection.ExecuteAsync(new CommandDefinition(script, cancellationToken: cancel));
    }

    /// <summary>A load looks its own rows up, and what was told before of the same tasks: by the load, and by each table's own key.</summary>
    static IEnumerable<string> Indexes() =>
        from table in RawTables.OfTellings
        from column in table.Columns.Select(column => column.Name).Where(name => name is "task_key" or "event_key" or "load_key" or "by_load_key")
        select $"create index if not exists {table.Name}_{column} on {table.FullName} ({column})";

    static async Task<Publication> PublishedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var exists = await connection.ExecuteScalarAsync<string?>("select cast(to_regclass('raw.publication') as text)");
        if (exists is null) return new Publication(0, "b");
        var newest = new CommandDefinition("select publication_no as Number, slot as Slot from raw.publication order by publication_no desc limit 1", cancellationToken: cancel);
        return await connection.QueryFirstOrDefaultAsync<Publication>(newest) ?? new Publication(0, "b");
    }

    [GeneratedRegex(@"\b(?<layer>staging|warehouse|analytics)\.")]
    private static partial Regex BuiltLayer();
}
