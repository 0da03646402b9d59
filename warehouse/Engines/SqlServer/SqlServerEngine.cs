using Dapper;
using Microsoft.Data.SqlClient;
using Warehouse.Raw;

namespace Warehouse.Engines.SqlServer;

/// <summary>
/// The warehouse on a SQL Server. Raw is shared; the built layers exist twice (<c>warehouse_a</c>, <c>warehouse_b</c>; under a further letter
/// while somebody still reads one of them), and <c>raw.publication</c> says which of them readers see.
/// </summary>
public sealed class SqlServerEngine : IEngine
{
    readonly string workers, readers;
    readonly int limit;
    readonly Milestones milestones;
    readonly SqlServerSettings settings;
    readonly Action<string> report;
    bool wasTold;

    /// <param name="report">Told, in a sentence, what the server refused and is done without, and what was tried once more.</param>
    /// <exception cref="EngineChoiceException">The connection string is none, or names no database.</exception>
    public SqlServerEngine(string connectionString, SqlServerSettings? settings = null, Milestones? held = null, Action<string>? report = null)
    {
        (milestones, this.settings, this.report) = (held ?? new(), settings ?? new(), report ?? (_ => { }));
        var given = SqlServerAddress.Read(connectionString);
        Place = $"SQL Server {given.DataSource}, database {given.InitialCatalog}";
        limit = given.ShouldSerialize("Command Timeout") ? given.CommandTimeout : 0;
        // A pool of each: the isolation of a reader's transaction stays with its connection.
        (workers, readers) = (SqlServerAddress.Named(given, "Analytics"), SqlServerAddress.Named(given, "Analytics reader"));
    }

    public string Name => "sqlserver";

    /// <summary>Server and database, for messages; never the password.</summary>
    public string Place { get; }

    public string TypeName(Column column) => TypeOf(column);

    static string TypeOf(Column column) => column.Type switch
    {
        ColumnType.BigInt => "bigint",
        ColumnType.Integer => "integer",
        ColumnType.SmallInt => "smallint",
        ColumnType.Double => "double precision",
        ColumnType.Date => "date",
        ColumnType.Timestamp => "datetime2(6)",
        _ => $"nvarchar({(RoomOf(column) is { } room ? FormattableString.Invariant($"{room}") : "max")}) collate {Translation.Collation}",
    };

    public async Task<Session?> OpenPublishedAsync(CancellationToken cancel)
    {
        var connection = await ConnectAsync(readers, cancel);
        return await SqlServerReader.OpenAsync(connection, (await ServerFeatures.OfAsync(connection, cancel)).HasSnapshots, cancel);
    }

    public async Task<Workspace> OpenWorkspaceAsync(CancellationToken cancel)
    {
        var connection = await ConnectAsync(workers, cancel);
        var features = await ServerFeatures.RaisedAsync(connection, cancel);
        if (!features.HasSnapshots) Tell($"{Place} allows no snapshots: nothing is changed under a reader, so each run beside one builds everything, and counts of raw may change while it reads.");
        await PrepareAsync(connection, cancel);
        foreach (var function in await FunctionsAsync(cancel)) await connection.ExecuteAsync(new CommandDefinition(function, cancellationToken: cancel));
        var published = await SqlServerSlots.PublishedAsync(connection, cancel);
        var idle = await SqlServerSlots.IdleAsync(connection, published, cancel);
        if (!features.HasSnapshots) idle = await SqlServerSlots.UnreadAsync(connection, idle, published.Slot, cancel);
        await connection.ExecuteAsync(new CommandDefinition("delete from raw.slot_state where slot <> @Slot", new { published.Slot }, cancellationToken: cancel));
        await SqlServerSlots.DropOthersAsync(connection, published.Slot, idle, cancel);
        var wanted = features.HasColumnstore || settings.Columnstore == Columnstore.On ? settings.Columnstore : Columnstore.Off;
        return new SqlServerWorkspace(connection, new FactStorage(wanted), published, idle) { Milestones = milestones };
    }

    public async Task<Workspace> OpenTrialAsync(CancellationToken cancel)
    {
        var connection = await ConnectAsync(workers, cancel);
        var whole = (SqlServerTransaction)await connection.BeginTransactionAsync(cancel);
        await PrepareAsync(connection, cancel);
        var published = await SqlServerSlots.PublishedAsync(connection, cancel);
        var idle = await SqlServerSlots.IdleAsync(connection, published, cancel);
        if (!(await ServerFeatures.OfAsync(connection, cancel)).HasSnapshots) idle = await SqlServerSlots.UnreadAsync(connection, idle, published.Slot, cancel);
        return new SqlServerTrial(connection, whole, published, idle);
    }

    public async Task<int?> FindPreviousAsync(CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(workers, cancel);
        return (await SqlServerSlots.PreviousAsync(connection, await SqlServerSlots.PublishedAsync(connection, cancel), cancel))?.Number;
    }

    public async Task<Publication> RestoreAsync(CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(workers, cancel);
        await using var whole = await connection.BeginTransactionAsync(cancel);
        var published = await SqlServerSlots.PublishedAsync(connection, cancel);
        var previous = await SqlServerSlots.PreviousAsync(connection, published, cancel) ?? throw new EngineException($"no state stands beside the published one in {Place}");
        var restored = previous with { Number = published.Number + 1 };
        await SqlServerSlots.PublishAsync(connection, restored, cancel);
        await whole.CommitAsync(cancel);
        return restored;
    }

    public EngineException? FailureBehind(Exception error)
    {
        for (var each = error; each is not null; each = each.InnerException)
            if (each is SqlServerException { IsFailure: true } said) return new($"{said.Message} (it went away or is out of resources)", error);
        return null;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var pool in (string[])[workers, readers])
            using (var connection = new SqlConnection(pool)) SqlConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Characters that a text column has room for; null for as many as there are. Systems write more into a field than its list of columns says, and no
    /// row is to be cut or refused for that here: the lengths of the shapes are what is usual, and these what is stored.
    /// </summary>
    internal static int? RoomOf(Column column) => column.Length switch
    {
        0 => null,
        <= 60 => 400,
        _ => 4000,
    };

    async Task<SqlServerConnection> ConnectAsync(string pool, CancellationToken cancel)
    {
        var connection = new SqlConnection(pool);
        try
        {
            await connection.OpenAsync(cancel);
            return new(connection, Place, limit, report);
        }
        catch (SqlException error)
        {
            await connection.DisposeAsync();
            cancel.ThrowIfCancellationRequested();
            throw new EngineException($"{Place} cannot be reached: {SqlServerErrors.Explained(error)}", error);
        }
        catch (InvalidOperationException error)
        {
            await connection.DisposeAsync();
            throw new EngineException($"{Place} cannot be reached: {error.Message}", error);
        }
    }

    /// <summary>What makes the raw layer, where it is not there yet; each a batch of its own.</summary>
    internal static IReadOnlyList<string> Preparation { get; } =
        ["if schema_id(N'raw') is null exec (N'create schema raw')", .. RawTables.All.Select(CreateTable), .. SqlServerSlots.Tables];

    static async Task PrepareAsync(SqlServerConnection connection, CancellationToken cancel)
    {
        foreach (var statement in Preparation) await connection.ExecuteAsync(new CommandDefinition(statement, cancellationToken: cancel));
    }

    /// <summary>A load looks its own rows up, and what was told before of the same tasks: by the load, and by each table's own key.</summary>
    static string CreateTable(TableShape table)
    {
        var columns = table.Columns.Select(column => $"    {column.Name} {TypeOf(column)}");
        var lookedUp = RawTables.OfTellings.Contains(table) ? table.Columns.Select(column => column.Name).Where(name => name is "task_key" or "event_key" or "load_key" or "by_load_key") : [];
        return $"""
            if object_id(N'{table.FullName}') is null
            begin
            create table {table.FullName} (
            {string.Join(",\n", columns)}
            );
            {string.Join('\n', lookedUp.Select(column => FactStorage.Index(table.FullName, column) + ";"))}
            end
            """;
    }

    /// <summary>For people who write SQL by hand; the program writes them out.</summary>
    static async Task<IEnumerable<string>> FunctionsAsync(CancellationToken cancel)
    {
        var script = await File.ReadAllTextAsync(Path.Combine(Models.ModelFolder.Shipped, "engines", "sqlserver.sql"), cancel);
        return script.Split("\ngo\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    void Tell(string sentence)
    {
        if (wasTold) return;
        wasTold = true;
        report(sentence);
    }
}
