namespace Warehouse.Engines.DuckDb;

/// <summary>What one statement gave: rows, fetched in chunks while DuckDB still computes later ones, or a count of changed rows.</summary>
sealed class StatementResult : IDisposable
{
    const int ChangedRows = 1;
    const int QueryResult = 3;

    readonly DuckDbConnection connection;
    readonly ResultHandle result;
    readonly int timeoutSeconds;
    ChunkHandle? chunk;
    bool isFinished;

    public StatementResult(DuckDbConnection connection, ResultHandle result, int timeoutSeconds)
    {
        this.connection = connection;
        this.result = result;
        this.timeoutSeconds = timeoutSeconds;
        var returns = Native.ReturnType(result.Fields);
        HasRows = returns == QueryResult;
        if (returns == ChangedRows) RowsAffected = ReadCount();
    }

    /// <summary>Whether the statement is a query, even one without rows.</summary>
    public bool HasRows { get; }

    /// <summary>Rows inserted, changed or deleted; -1 for other statements.</summary>
    public long RowsAffected { get; } = -1;

    public ResultColumn[] Columns => field ??= ReadColumns();

    /// <summary>Moves to the next rows and returns how many they are; 0 after the last.</summary>
    /// <exception cref="DuckDbException">The query failed on the way.</exception>
    public int NextChunk(CancellationToken cancel)
    {
        if (isFinished) return 0;
        cancel.ThrowIfCancellationRequested();
        chunk?.Dispose();
        using var interruption = new Interruption(connection.Handle, timeoutSeconds, cancel);
        chunk = Native.FetchChunk(result.Fields);
        if (chunk.IsInvalid)
        {
            isFinished = true;
            if (Native.Text(Native.ResultError(result)) is { Length: > 0 } error) throw interruption.Explain(error);
            return 0;
        }
        for (var i = 0; i < Columns.Length; i++) Columns[i].Attach(Native.ChunkVector(chunk, (ulong)i));
        return (int)Native.ChunkSize(chunk);
    }

    public void Dispose()
    {
        chunk?.Dispose();
        result.Dispose();
        if (HasRows && !isFinished) connection.EndAbandonedQuery();
        isFinished = true;
    }

    long ReadCount()
    {
        var rows = NextChunk(CancellationToken.None) > 0 ? Columns[0].WholeNumber(0) : 0;
        isFinished = true;
        return rows;
    }

    ResultColumn[] ReadColumns()
    {
        var columns = new ResultColumn[Native.ColumnCount(result)];
        for (ulong i = 0; i < (ulong)columns.Length; i++)
        {
            using var type = Native.ColumnType(result, i);
            columns[i] = new ResultColumn(Native.Text(Native.ColumnName(result, i)) ?? "", type);
        }
        return columns;
    }
}
