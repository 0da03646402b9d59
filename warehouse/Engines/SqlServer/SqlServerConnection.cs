using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Warehouse.Engines.SqlServer;

/// <summary>
/// A connection on which commands run in the transaction that stands, as on the other engines: SqlClient wants it told with each
/// command. Its errors name server and database.
/// </summary>
/// <param name="place">Server and database, for messages.</param>
/// <param name="limit">Seconds that a statement may take; 0 for as long as it wants.</param>
/// <param name="report">Told what went wrong and was made good.</param>
public sealed class SqlServerConnection(SqlConnection inner, string place, int limit, Action<string> report) : DbConnection
{
    SqlServerTransaction? transaction;
    SqlServerException? failure;

    /// <summary>The transaction that stands, for a command to run in; null outside one.</summary>
    /// <exception cref="SqlServerException">The server gave it up.</exception>
    internal SqlTransaction? Standing() => transaction?.Joined();

    internal bool IsInTransaction => transaction is { Stands: true };

    internal SqlConnection Inner => inner;

    /// <summary>Server and database, for messages.</summary>
    public string Place => place;

    internal int Limit => limit;

    internal Action<string> Report => report;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Open() => inner.Open();

    public override Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public override void Close() => inner.Close();

    /// <summary>The error of a statement in our words.</summary>
    internal SqlServerException Told(SqlException error)
    {
        var told = new SqlServerException(place, error);
        if (told.IsFailure) failure = told;
        return told;
    }

    /// <summary>An answer that the client could not read, in our words. Nothing more is done on the connection.</summary>
    internal SqlServerException Lost(Exception error)
    {
        inner.Close();
        return failure = new($"{place}: the answer could not be read: {error.Message.Trim()}{(limit > 0 ? " " + SqlServerErrors.AboutTime : "")}", isFailure: true);
    }

    /// <summary>Why nothing can be done on a connection that is closed: what broke it. Null where it is open.</summary>
    internal SqlServerException? Closed() => State == ConnectionState.Open ? null : new(failure?.Message ?? $"{place}: the connection is closed", isFailure: true);

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        try
        {
            return transaction = new(this, inner.BeginTransaction(isolationLevel == IsolationLevel.Unspecified ? IsolationLevel.ReadCommitted : isolationLevel));
        }
        catch (SqlException error)
        {
            throw Told(error);
        }
        catch (InvalidOperationException) when (Closed() is { } closed)
        {
            throw closed;
        }
    }

    protected override DbCommand CreateDbCommand() => new SqlServerCommand(this, inner.CreateCommand());

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await inner.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
