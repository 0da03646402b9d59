using System.Collections;
using System.Data;
using System.Data.Common;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// Rows of a command, streamed: DuckDB computes a bounded number ahead of those read. Closing runs the command's
/// remaining statements. The .NET type of each DuckDB type is in <see cref="ColumnKind"/>.
/// </summary>
public sealed partial class DuckDbDataReader : DbDataReader
{
    readonly DuckDbConnection connection;
    readonly StatementBatch batch;
    readonly CommandBehavior behavior;
    StatementResult? result;
    ResultColumn[] columns = [];
    Dictionary<string, int>? ordinals;
    int rowsInChunk;
    int row = -1;
    bool hasRows;
    bool isBeforeFirstRow;
    bool isClosed;
    long rowsAffected = -1;

    internal DuckDbDataReader(DuckDbConnection connection, StatementBatch batch, CommandBehavior behavior)
    {
        this.connection = connection;
        this.batch = batch;
        this.behavior = behavior;
        connection.Remember(this);
    }

    public override int Depth => 0;

    public override int FieldCount => columns.Length;

    public override bool HasRows => hasRows;

    public override bool IsClosed => isClosed;

    /// <summary>Rows changed by all statements so far; -1 if none of them changes rows.</summary>
    public override int RecordsAffected => checked((int)rowsAffected);

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => MoveToRow(CancellationToken.None);

    public override bool NextResult() => MoveToResult(CancellationToken.None);

    public override Task<bool> ReadAsync(CancellationToken cancellationToken) => row + 1 < rowsInChunk && !isBeforeFirstRow
        ? Task.FromResult(MoveToRow(CancellationToken.None))
        : Finished.Run(static (reader, cancel) => reader.MoveToRow(cancel), this, cancellationToken);

    public override Task<bool> NextResultAsync(CancellationToken cancellationToken) =>
        Finished.Run(static (reader, cancel) => reader.MoveToResult(cancel), this, cancellationToken);

    /// <exception cref="DuckDbException">A remaining statement failed.</exception>
    public override void Close()
    {
        if (isClosed) return;
        try
        {
            while (MoveToResult(CancellationToken.None)) { }
        }
        finally
        {
            Abandon();
            if (behavior.HasFlag(CommandBehavior.CloseConnection)) connection.Close();
        }
    }

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    /// <summary>Fetches the next row; the first one has been looked at already to know whether there are any.</summary>
    internal bool MoveToRow(CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        if (isBeforeFirstRow) isBeforeFirstRow = false;
        else if (++row >= rowsInChunk) FetchChunk(cancel);
        else return true;
        row = rowsInChunk > 0 ? 0 : -1;
        return row == 0;
    }

    /// <summary>Executes statements until one returns rows; false after the last.</summary>
    internal bool MoveToResult(CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        LeaveResult();
        while (batch.ExecuteNext(cancel) is { } next)
        {
            result = next;
            if (next.RowsAffected >= 0) rowsAffected = Math.Max(rowsAffected, 0) + next.RowsAffected;
            if (next.HasRows)
            {
                columns = next.Columns;
                FetchChunk(cancel);
                hasRows = isBeforeFirstRow = rowsInChunk > 0;
                return true;
            }
            LeaveResult();
        }
        return false;
    }

    /// <summary>Closes without running the remaining statements.</summary>
    internal void Abandon()
    {
        if (isClosed) return;
        LeaveResult();
        isClosed = true;
        batch.Dispose();
        connection.Forget(this);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Close();
        base.Dispose(disposing);
    }

    void FetchChunk(CancellationToken cancel)
    {
        (row, rowsInChunk) = (-1, 0);
        if (result is null) return;
        try
        {
            rowsInChunk = result.NextChunk(cancel);
        }
        catch
        {
            batch.Dispose(); // what follows a failed statement is not run
            throw;
        }
    }

    void LeaveResult()
    {
        result?.Dispose();
        (result, columns, ordinals) = (null, [], null);
        (row, rowsInChunk, hasRows, isBeforeFirstRow) = (-1, 0, false, false);
    }
}
