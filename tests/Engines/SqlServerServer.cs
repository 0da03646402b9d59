using Microsoft.Data.SqlClient;

namespace Tests.Engines;

/// <summary>The SQL Server that the environment names: the tests start none, and make databases of their own on it.</summary>
static class SqlServerServer
{
    public const string Variable = "ANALYTICS_SQLSERVER";

    static readonly string? Named = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value : null;
    /// <summary>One at a time, for Babelfish refuses to make two databases at once.</summary>
    static readonly SemaphoreSlim Making = new(1);

    static int databases;

    /// <summary>Why no test can ask a SQL Server here; null where one is named.</summary>
    public static string? AbsentBecause => Named is null
        ? $"SQL Server is absent: {Variable} names no server (docs/sqlserver.md starts one with Docker; a connection string of whoever may create databases will do)"
        : null;

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateDatabaseAsync()
    {
        var name = FormattableString.Invariant($"analytics_test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}");
        await MakeAsync($"create database {name}");
        return Connection(name);
    }

    /// <summary>Drops a database; whoever is still connected is sent away where the server can do that.</summary>
    public static async Task DropDatabaseAsync(string connectionString)
    {
        var name = new SqlConnectionStringBuilder(connectionString).InitialCatalog;
        SqlConnection.ClearAllPools();
        if (!await IsBabelfishAsync()) await ExecuteAsync("master", $"alter database {name} set single_user with rollback immediate");
        // A program that has just ended may still be connected in the server's eyes.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await MakeAsync($"drop database {name}");
                return;
            }
            catch (SqlException) when (attempt < 20)
            {
                await EndConnectionsAsync(connectionString);
                await Task.Delay(250);
            }
        }
    }

    static async Task MakeAsync(string statement)
    {
        await Making.WaitAsync();
        try
        {
            await ExecuteAsync("master", statement);
        }
        finally
        {
            Making.Release();
        }
    }

    /// <summary>Ends every connection to a database, as a fault of the network would.</summary>
    public static async Task EndConnectionsAsync(string connectionString)
    {
        var name = new SqlConnectionStringBuilder(connectionString).InitialCatalog;
        await using var connection = new SqlConnection(Connection("master") + ";Pooling=false");
        await connection.OpenAsync();
        var sessions = new List<int>();
        await using (var command = new SqlCommand("select cast(spid as int) from sys.sysprocesses where db_name(dbid) = @name and spid <> @@spid", connection) { Parameters = { new("name", name) } })
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) sessions.Add(reader.GetInt32(0));
        foreach (var session in sessions)
        {
            await using var command = new SqlCommand(FormattableString.Invariant($"kill {session}"), connection);
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (SqlException gone) when (gone.Message.Contains("not an active process", StringComparison.Ordinal))
            {
                // It ended by itself.
            }
        }
    }

    /// <summary>Runs statements one by one in a database, or in the one that a connection string names.</summary>
    public static async Task ExecuteAsync(string database, params string[] statements)
    {
        await using var connection = new SqlConnection(Connection(database) + ";Pooling=false");
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new SqlCommand(statement, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>One value of a query.</summary>
    public static async Task<T> ValueAsync<T>(string database, string sql)
    {
        await using var connection = new SqlConnection(Connection(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Babelfish for PostgreSQL speaks SQL Server's protocol and most of its language.</summary>
    public static async Task<bool> IsBabelfishAsync() => await ValueAsync<int>("master", "select case when serverproperty('Babelfish') = 1 then 1 else 0 end") == 1;

    /// <summary>Host and port of what a connection string calls <c>Data Source</c>.</summary>
    public static (string Host, int Port) Address(string source)
    {
        const int Usual = 1433;
        var parts = source[(source.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',');
        return (parts[0] is "." or "(local)" ? "localhost" : parts[0], parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : Usual);
    }

    static string Connection(string database) => database.Contains('=', StringComparison.Ordinal) ? database : new SqlConnectionStringBuilder(Named) { InitialCatalog = database }.ConnectionString;
}
