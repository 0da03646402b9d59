using System.Data;
using System.Data.Common;
using Etl.Feeds;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using Warehouse.Engines.SqlServer;
using Warehouse.Wording;

namespace Etl.Sources;

/// <summary>What differs between the databases that can be read: everything else is ADO.NET. A further one is one more entry.</summary>
/// <param name="Connect">Makes a connection that is not open yet.</param>
/// <param name="Snapshot">Starts a transaction that sees rows as they are at one moment.</param>
/// <param name="Since">A parameter for the watermark, whose text the database converts to the column's type.</param>
/// <param name="IsAbsent">Whether an error means that the database is not there, rather than that it refuses the query.</param>
/// <param name="MayPass">Whether an absent database may be there again in a moment: it is busy, starts or ended the connection, but no file is missing or damaged.</param>
sealed record SqlProvider(
    Func<string, DbConnection> Connect, Func<DbConnection, CancellationToken, ValueTask<DbTransaction>> Snapshot,
    Func<string?, DbParameter> Since, Func<DbException, bool> IsAbsent, Func<DbException, bool> MayPass)
{
    static readonly Dictionary<string, SqlProvider> Known = new()
    {
        ["sqlite"] = new(
            // Read-only, or a missing file would be created; not pooled, or the file could not be replaced afterwards.
            text => new SqliteConnection(new SqliteConnectionStringBuilder(text) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()),
            // Deferred: an immediate transaction would ask for the right to write.
            (connection, _) => ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true)),
            value => new SqliteParameter("@since", (object?)value ?? DBNull.Value),
            e => e is SqliteException { SqliteErrorCode: 5 or 6 or 10 or 11 or 14 or 26 },   // busy, locked, disk, damaged, cannot open, no database
            e => e is SqliteException { SqliteErrorCode: 5 or 6 or 10 }),
        ["postgres"] = new(
            text => new NpgsqlConnection(text),
            (connection, cancel) => connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel),
            // Without a type of its own the server takes it for the type of the column that it is compared with.
            value => new NpgsqlParameter("since", NpgsqlDbType.Unknown) { Value = (object?)value ?? DBNull.Value },
            IsGone, IsGone),
        ["sqlserver"] = new(
            text => new SqlConnection(text),
            SnapshotAsync,
            value => new SqlParameter("@since", SqlDbType.NVarChar, 4000) { Value = (object?)value ?? DBNull.Value },
            e => e is SqlException error && (SqlServerErrors.IsFailure(error) || SqlServerErrors.IsOfLogin(error)),
            e => e is SqlException error && SqlServerErrors.IsFailure(error)) { Told = e => SqlServerErrors.Explained((SqlException)e) },
    };

    /// <summary>What the database says, where its own message does not tell which setting is about it.</summary>
    public Func<DbException, string> Told { get; init; } = e => e.Message;

    /// <summary>No answer, or the server's own word that the connection (08), its resources (53) or the server itself (57P) is at an end.</summary>
    static bool IsGone(DbException e) =>
        e is not PostgresException server || Array.Exists(["08", "53", "57P"], state => server.SqlState.StartsWith(state, StringComparison.Ordinal));

    /// <summary>Rows as they were at one moment; where the database allows no snapshots, they are locked until they are read.</summary>
    static async ValueTask<DbTransaction> SnapshotAsync(DbConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = ServerFeatures.HasSnapshotsQuestion;
        var isAllowed = Convert.ToInt32(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture) == 1;
        return await connection.BeginTransactionAsync(isAllowed ? IsolationLevel.Snapshot : IsolationLevel.Serializable, cancel);
    }

    public static SqlProvider Of(SourceSettings settings)
    {
        var name = settings.Required("provider");
        return Known.TryGetValue(name, out var provider) ? provider
            : throw settings.Wrong("provider", $"'{name}' is not known; {Nearest.Hint(name, Known.Keys)}");
    }
}
