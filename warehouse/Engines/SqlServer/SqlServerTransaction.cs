using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Warehouse.Engines.SqlServer;

/// <summary>
/// A transaction whose errors name server and database. One that the server gave up (the victim of a deadlock) stands until it is
/// left: SqlClient forgets it at once, and would keep each later statement by itself.
/// </summary>
sealed class SqlServerTransaction(SqlServerConnection connection, SqlTransaction inner) : DbTransaction
{
    bool isOver;

    /// <summary>Neither kept nor left yet.</summary>
    internal bool Stands => !isOver;

    public override IsolationLevel IsolationLevel => inner.IsolationLevel;

    protected override DbConnection DbConnection => connection;

    /// <summary>As SqlClient knows it; null once it was kept or left.</summary>
    /// <exception cref="SqlServerException">The server gave it up, so nothing can be done in it any more.</exception>
    internal SqlTransaction? Joined() => isOver ? null
        : inner.Connection is not null ? inner
        : throw connection.Closed() ?? new SqlServerException($"{connection.Place}: the server gave up the transaction");

    public override void Commit()
    {
        Do(inner.Commit);
        isOver = true;
    }

    public override void Rollback()
    {
        Do(inner.Rollback);
        isOver = true;
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || isOver) return;
        isOver = true;
        try
        {
            inner.Dispose();
        }
        catch (Exception error) when (error is SqlException or InvalidOperationException or NotSupportedException)
        {
            // What broke it is told by the statement that met it. Where the client cannot say that it is given up, nothing more is done on the connection.
            connection.Close();
        }
    }

    void Do(Action end)
    {
        try
        {
            end();
        }
        catch (SqlException error)
        {
            throw connection.Told(error);
        }
        catch (InvalidOperationException) when (connection.Closed() is { } closed)
        {
            throw closed;
        }
    }
}
