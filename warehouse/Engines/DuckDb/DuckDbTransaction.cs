using System.Data;
using System.Data.Common;

namespace Warehouse.Engines.DuckDb;

/// <summary>A transaction of a connection; disposing it without a commit rolls it back.</summary>
public sealed class DuckDbTransaction : DbTransaction
{
    DuckDbConnection? connection;
    string? givenUp;

    internal DuckDbTransaction(DuckDbConnection connection)
    {
        this.connection = connection;
        connection.RunStatement("begin transaction");
    }

    /// <summary>DuckDB always shows a transaction the database as it was when the transaction began.</summary>
    public override IsolationLevel IsolationLevel => IsolationLevel.Snapshot;

    protected override DbConnection? DbConnection => connection;

    /// <exception cref="DuckDbException">DuckDB cannot commit, or a bulk write in the transaction was not completed; it is rolled back then.</exception>
    public override void Commit()
    {
        var open = RequireOpen();
        if (givenUp is not null)
        {
            End("rollback");
            throw new DuckDbException($"rolled back instead of committed: {givenUp}");
        }
        try
        {
            open.RequireNoReader();
            End("commit");
        }
        catch (DuckDbException)
        {
            // A commit that DuckDB refuses has already undone its transaction.
            Forget();
            throw;
        }
    }

    public override void Rollback()
    {
        RequireOpen();
        End("rollback");
    }

    /// <summary>Makes a commit impossible.</summary>
    internal void GiveUp(string reason) => givenUp ??= reason;

    /// <summary>The connection was closed, which has rolled it back.</summary>
    internal void Forget()
    {
        connection?.Forget(this);
        connection = null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && connection is not null) End("rollback");
        base.Dispose(disposing);
    }

    void End(string statement)
    {
        connection!.CloseReader();
        connection.RunStatement(statement);
        Forget();
    }

    DuckDbConnection RequireOpen() => connection ?? throw new InvalidOperationException("the transaction has ended");
}
