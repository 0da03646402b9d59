using Dapper;

namespace Warehouse.Engines.SqlServer;

/// <summary>What a server and a database allow; not every one is SQL Server that speaks its protocol.</summary>
/// <param name="HasSnapshots">A reader can hold one state of the rows while others change them.</param>
/// <param name="HasColumnstore">Tables can be stored by columns.</param>
public sealed record ServerFeatures(bool HasSnapshots, bool HasColumnstore)
{
    /// <summary>Whether the connection's database allows snapshots: 1 or 0. Babelfish for PostgreSQL has them always.</summary>
    public const string HasSnapshotsQuestion =
        "select case when serverproperty('Babelfish') = 1 or exists (select 1 from sys.databases where name = db_name() and snapshot_isolation_state = 1) then 1 else 0 end";

    /// <summary>Babelfish has no columnstore, whatever it says of its version.</summary>
    const string HasColumnstoreQuestion = "select case when serverproperty('Babelfish') = 1 then 0 else 1 end";

    /// <summary>What the connection's server and database allow now.</summary>
    internal static async Task<ServerFeatures> OfAsync(SqlServerConnection connection, CancellationToken cancel) =>
        new(await IsTrueAsync(connection, HasSnapshotsQuestion, cancel), await IsTrueAsync(connection, HasColumnstoreQuestion, cancel));

    /// <summary>Allows in the database what can be allowed without anybody's leave.</summary>
    internal static async Task<ServerFeatures> RaisedAsync(SqlServerConnection connection, CancellationToken cancel)
    {
        var found = await OfAsync(connection, cancel);
        if (found.HasSnapshots) return found;
        await TryAsync(connection, "alter database current set allow_snapshot_isolation on", cancel);
        // Needs the database to itself, and is given up at once where it is not alone.
        await TryAsync(connection, "alter database current set read_committed_snapshot on with no_wait", cancel);
        return await OfAsync(connection, cancel);
    }

    static async Task TryAsync(SqlServerConnection connection, string statement, CancellationToken cancel)
    {
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(statement, cancellationToken: cancel));
        }
        catch (SqlServerException refused) when (!refused.IsFailure)
        {
            // Whoever administers the database can do it; what is lost is told.
        }
    }

    static async Task<bool> IsTrueAsync(SqlServerConnection connection, string question, CancellationToken cancel) =>
        await connection.ExecuteScalarAsync<int>(new CommandDefinition(question, cancellationToken: cancel)) == 1;
}
