using Etl.Commands;
using Etl.Feeds;
using Npgsql;
using Spectre.Console;
using Tests.BadInput;
using Tests.Engines;
using Warehouse.Engines;
using Xunit;

namespace Tests.EndToEnd;

/// <summary>A home, on PostgreSQL with its database, that can be copied as it stands; gone after the test.</summary>
sealed class CrashSite : IAsyncDisposable
{
    /// <summary>Folder of a site under which a database's own disk is.</summary>
    public const string OwnDisk = "disk";

    readonly DirectoryInfo folder;
    readonly TestDatabase database;
    readonly IDisposable? disk;
    readonly PostgresServer? server;
    CrashExtracts? filledFrom;

    CrashSite(string engine, DirectoryInfo folder, TestDatabase database, IDisposable? disk, PostgresServer? server)
    {
        (this.folder, this.database, this.disk, this.server) = (folder, database, disk, server);
        Home = new(folder.FullName, engine, database.Connection);
    }

    public Home Home { get; }

    /// <summary>A home with nothing in it.</summary>
    /// <param name="server">On PostgreSQL, the server for it and its copies; null = the one that the tests share.</param>
    public static async Task<CrashSite> CreateAsync(string engine, PostgresServer? server = null) => new(engine, Folder(), await TestDatabase.CreateAsync(engine, of: server), null, server);

    /// <summary>A home with two published states, from the first two extracts; the third is there to be loaded.</summary>
    /// <inheritdoc cref="CreateAsync"/>
    public static async Task<CrashSite> CreateFilledAsync(string engine, CrashExtracts extracts, PostgresServer? server = null)
    {
        var site = await CreateAsync(engine, server);
        site.filledFrom = extracts;
        extracts.Clear();
        for (var month = 1; month <= 2; month++) Assert.Equal(0, await site.RunAsync(extracts.Write(month)));
        extracts.Write(3);
        return site;
    }

    /// <summary>The same once more, to be damaged.</summary>
    /// <param name="mount">Puts a disk of its own under the copy: under its folder, or on PostgreSQL under its database.</param>
    public async Task<CrashSite> CopyAsync(Func<string, IDisposable>? mount = null)
    {
        // SQL Server copies no database that is online: the same runs over the same extracts give the same tables.
        if (Home.EngineName == TestEngine.SqlServer) return await CreateFilledAsync(Home.EngineName, filledFrom!);
        var to = Folder();
        var place = Home.Connection is null ? to : to.CreateSubdirectory(OwnDisk);
        var disk = mount?.Invoke(place.FullName);
        var database = await TestDatabase.CreateAsync(Home.EngineName, template: Home.Connection, tablespace: disk is null ? null : place.FullName, server);
        var copy = new CrashSite(Home.EngineName, to, database, disk, server);
        foreach (var file in folder.EnumerateFiles()) file.CopyTo(Path.Combine(copy.Home.Folder, file.Name));
        return copy;
    }

    /// <summary>Does what the verb <c>run</c> does, in this process.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> RunAsync(CrashExtracts extracts)
    {
        var shown = new Shown(AnsiConsole.Console, isTerminal: false);
        return RunCommands.InWorkspaceAsync(Home, "run", TimeProvider.System,
            (workspace, log) => RunCommands.AllAsync(new Steps(Home, shown, TimeProvider.System, log), workspace, FeedFolder.Read(extracts.Feeds), default), default);
    }

    /// <summary>Starts the real program's verb <c>run</c>.</summary>
    public Analytics Start(CrashExtracts extracts, Milestone? heldAt = null)
    {
        var environment = new Dictionary<string, string>();
        if (heldAt is { } step) environment["ANALYTICS_HOLDAT"] = step.ToString();
        if (Home.Connection is { } connection) environment["ANALYTICS_CONNECTION"] = connection;
        return Analytics.Start(["run", "--feeds", extracts.Feeds, "--home", Home.Folder, "--engine", Home.EngineName], environment);
    }

    /// <summary>The published state's number and all its tables, as a reader finds them now.</summary>
    public async Task<(int Number, SortedDictionary<string, string> Tables)> ReadAsync()
    {
        await using var engine = Home.OpenEngine();
        await using var session = (await engine.OpenPublishedAsync(default))!;
        return (session.Publication.Number, await TableChecksums.OfAsync(session));
    }

    /// <summary>How many states take room.</summary>
    public async Task<long> CountSlotsAsync()
    {
        if (Home.EngineName == TestEngine.SqlServer)
            return await SqlServerServer.ValueAsync<int>(Home.Connection!, "select count(*) from sys.schemas where name like 'warehouse[_]_'");
        if (Home.Connection is null) return folder.EnumerateFiles("warehouse-*.duckdb*").Count();
        await using var connection = new NpgsqlConnection(Home.Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select count(*) from pg_namespace where starts_with(nspname, 'warehouse_')", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Ends every connection to the database, as a fault of the network would.</summary>
    public async Task EndConnectionsAsync()
    {
        if (Home.EngineName == TestEngine.SqlServer)
        {
            await SqlServerServer.EndConnectionsAsync(Home.Connection!);
            return;
        }
        await using var connection = new NpgsqlConnection(Home.Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        disk?.Dispose();
        folder.Delete(recursive: true);
    }

    static DirectoryInfo Folder() => Directory.CreateTempSubdirectory("analytics-site-");
}
