using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Tests.Engines;

/// <summary>
/// A PostgreSQL cluster of the tests' own, in a temporary folder and on a free loopback port. It can be stopped and
/// started again, and it ends with the test process, however that ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    const string Settings = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off -c max_connections=60 -c listen_addresses=127.0.0.1 -c unix_socket_directories=''";

    static readonly Lazy<Task<PostgresServer>> Common = new(StartNewAsync);
    static int databases;

    readonly string folder;
    readonly PostgresPrograms programs;
    Process? guard;
    int port;

    PostgresServer(string folder, PostgresPrograms programs)
    {
        this.folder = folder;
        this.programs = programs;
    }

    /// <summary>Why tests cannot start a server here; null where they can.</summary>
    public static string? AbsentBecause { get; } = PostgresPrograms.Find(out _);

    string Data => Path.Combine(folder, "data");

    /// <summary>The cluster that the tests of this process share; nobody may stop it.</summary>
    public static Task<PostgresServer> SharedAsync() => Common.Value;

    /// <summary>Starts a cluster for tests that stop it.</summary>
    public static async Task<PostgresServer> StartNewAsync()
    {
        if (PostgresPrograms.Find(out var programs) is { } reason) throw new InvalidOperationException(reason);
        var server = new PostgresServer(Directory.CreateTempSubdirectory("analytics-postgres-").FullName, programs!);
        await server.programs.OwnAsync(server.folder);
        await server.programs.RunAsync(server.folder, "initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        server.guard = server.programs.Guard(server.folder, server.Data);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts a server that follows this one by streaming and can be read.</summary>
    public async Task<PostgresServer> StartReplicaAsync()
    {
        var replica = new PostgresServer(Directory.CreateTempSubdirectory("analytics-replica-").FullName, programs);
        await programs.OwnAsync(replica.folder);
        await programs.RunAsync(replica.folder, "pg_basebackup", "-D", replica.Data, "-R", "-X", "stream", "-c", "fast", "-h", "127.0.0.1", "-p", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "-U", "postgres");
        replica.guard = programs.Guard(replica.folder, replica.Data);
        await replica.StartAsync();
        return replica;
    }

    /// <summary>The same database on this server.</summary>
    public string Here(string connectionString) => ConnectionString(new NpgsqlConnectionStringBuilder(connectionString).Database!);

    /// <summary>Makes an empty database, or a copy of one to which nobody is connected.</summary>
    /// <param name="template">The connection string of that one.</param>
    /// <param name="tablespace">An empty folder in which it is to lie.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null, string? tablespace = null)
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        if (tablespace is not null)
        {
            await programs.OwnAsync(tablespace);
            // The way to it must be open to the server's user.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.GetDirectoryName(tablespace)!, (UnixFileMode)0b111_101_101);
            await ExecuteAsync($"create tablespace {name} location '{tablespace}'");
        }
        await ExecuteAsync($"create database {name}{(template is null ? "" : $" template {new NpgsqlConnectionStringBuilder(template).Database}")}{(tablespace is null ? "" : $" tablespace {name}")}");
        return ConnectionString(name);
    }

    /// <summary>Drops a database, whoever is still connected.</summary>
    public async Task DropDatabaseAsync(string connectionString, bool hasTablespace = false)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync($"drop database if exists {name} with (force)");
        if (hasTablespace) await ExecuteAsync($"drop tablespace {name}");
    }

    /// <summary>Starts the stopped server, on the port it had.</summary>
    public async Task StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            if (port == 0 || attempt > 1) port = FreePort();
            try
            {
                await programs.RunAsync(folder, "pg_ctl", "-D", Data, "-l", Path.Combine(folder, "log"), "-w", "-o", $"-p {port} {Settings}", "start");
                return;
            }
            // Somebody else may have taken the port in between.
            catch (InvalidOperationException) when (attempt < 3)
            {
            }
        }
    }

    /// <summary>Stops the server as a crash would: connections break and nothing is said to them.</summary>
    public Task StopAsync() => programs.RunAsync(folder, "pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    public async ValueTask DisposeAsync()
    {
        if (guard is null) return;
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
        guard = null;
    }

    string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Include Error Detail=true";

    async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
