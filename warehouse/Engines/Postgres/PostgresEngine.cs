using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using Warehouse.Raw;

namespace Warehouse.Engines.Postgres;

/// <summary>
/// The warehouse on a PostgreSQL server. Raw is shared; the built layers exist twice (<c>warehouse_a</c>,
/// <c>warehouse_b</c>; under a further letter while somebody still reads one of them), and <c>raw.publication</c> says which of them readers see. So publishing is one small insert:
/// it waits for no reader and blocks none.
/// </summary>
public sealed partial class PostgresEngine : IEngine
{
    readonly NpgsqlDataSource source;
    readonly NpgsqlDataSource? replica;
    readonly Milestones milestones;

    /// <param name="replica">Connection string of a server that follows this one and is read instead of it; null where there is none.</param>
    public PostgresEngine(string connectionString, Milestones? held = null, string? replica = null)
    {
        milestones = held ?? new();
        var settings = Settings(connectionString);
        Place = $"PostgreSQL {settings.Host}:{settings.Port}, database {settings.Database}";
        source = NpgsqlDataSource.Create(settings.ConnectionString);
        if (replica is not null) this.replica = NpgsqlDataSource.Create(Settings(replica).ConnectionString);
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

    /// <remarks>A replica may be a publication behind: what it tells is whole all the same. While it is away, or holds nothing yet, the server itself is read.</remarks>
    public async Task<Session?> OpenPublishedAsync(CancellationToken cancel)
    {
        if (replica is not null)
            try
            {
                if (await PostgresReader.OpenAsync(await replica.OpenConnectionAsync(cancel), cancel) is { } session) return session;
            }
            catch (Exception error) when (error is NpgsqlException or System.Net.Sockets.SocketException && !cancel.IsCancellationRequested)
            {
                // Read on below.
            }
        return await PostgresReader.OpenAsync(await ConnectAsync(cancel), cancel);
    }

    public async Task<Workspace> OpenWorkspaceAsync(CancellationToken cancel)
    {
        var connection = await ConnectAsync(cancel);
        await PrepareAsync(connection, cancel);
        var published = await PostgresSlots.PublishedAsync(connection, cancel);
        var idle = await PostgresSlots.IdleAsync(connection, published, cancel);
        await connection.ExecuteAsync(new CommandDefinition("delete from raw.slot_state where slot <> @Slot", new { published.Slot }, cancellationToken: cancel));
        await PostgresSlots.DropOthersAsync(connection, published.Slot, idle, cancel);
        return await CitusWorkspace.IsClusterAsync(connection, cancel)
            ? new CitusWorkspace(connection, published, idle) { Milestones = milestones }
            : new PostgresWorkspace(connection, published, idle) { Milestones = milestones };
    }

    public async Task<Workspace> OpenTrialAsync(CancellationToken cancel)
    {
        var connection = await ConnectAsync(cancel);
        var whole = await connection.BeginTransactionAsync(cancel);
        await PrepareAsync(connection, cancel);
        var published = await PostgresSlots.PublishedAsync(connection, cancel);
        return new PostgresTrial(connection, whole, published, await PostgresSlots.IdleAsync(connection, published, cancel));
    }

    public async Task<int?> FindPreviousAsync(CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(cancel);
        return await PostgresSlots.PreviousAsync(connection, await PostgresSlots.PublishedAsync(connection, cancel), cancel) is { } state ? state.Number : null;
    }

    public async Task<Publication> RestoreAsync(CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(cancel);
        await using var whole = await connection.BeginTransactionAsync(cancel);
        var published = await PostgresSlots.PublishedAsync(connection, cancel);
        var previous = await PostgresSlots.PreviousAsync(connection, published, cancel) ?? throw new EngineException($"no state stands beside the published one in {Place}");
        var restored = previous with { Number = published.Number + 1 };
        await PostgresSlots.PublishAsync(connection, restored, cancel);
        await whole.CommitAsync(cancel);
        return restored;
    }

    public EngineException? FailureBehind(Exception error)
    {
        for (var each = error; each is not null; each = each.InnerException)
            if (each is NpgsqlException said && IsFailure(said)) return new($"{Place} went away or is out of resources: {said.Message.ReplaceLineEndings(" ")}", error);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        if (replica is not null) await replica.DisposeAsync();
    }

    /// <summary>
    /// Models are long SELECTs over few rows each time: compiling them takes longer than running them, and with the 4 MB that a server gives to a
    /// sort it goes to disk. That a page fetched by an index costs four times one that is read in turn was true of discs that turn: it made reading all of a table for one task in a
    /// hundred look cheaper. A connection string with options of its own is left as it is.
    /// </summary>
    const string Usual = "-c jit=off -c work_mem=64MB -c random_page_cost=1.1";

    static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Timezone = "UTC", IncludeErrorDetail = true };
        if (string.IsNullOrEmpty(settings.Options)) settings.Options = Usual;
        return settings;
    }

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
        var script = string.Join(";\n", ["create schema if not exists raw", .. tables, .. Indexes(), PostgresSlots.Tables, functions]);
        await connection.ExecuteAsync(new CommandDefinition(script, cancellationToken: cancel));
    }

    /// <summary>A load looks its own rows up, and what was told before of the same tasks: by the load, and by each table's own key.</summary>
    static IEnumerable<string> Indexes() =>
        from table in RawTables.OfTellings
        from column in table.Columns.Select(column => column.Name).Where(name => name is "task_key" or "event_key" or "load_key" or "by_load_key")
        select $"create index if not exists {table.Name}_{column} on {table.FullName} ({column})";

    [GeneratedRegex(@"\b(?<layer>staging|warehouse|analytics)\.")]
    private static partial Regex BuiltLayer();
}
