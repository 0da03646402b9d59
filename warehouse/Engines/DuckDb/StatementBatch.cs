namespace Warehouse.Engines.DuckDb;

/// <summary>
/// The statements of one command, executed one after another as they are asked for: a later one may need what an
/// earlier one created.
/// </summary>
sealed class StatementBatch : IDisposable
{
    readonly DuckDbConnection connection;
    readonly DuckDbParameterCollection parameters;
    readonly ExtractedHandle statements;
    readonly int count;
    readonly int timeoutSeconds;
    int next;
    int parametersTaken;

    /// <exception cref="DuckDbException">The text is not SQL.</exception>
    public StatementBatch(DuckDbConnection connection, string sql, DuckDbParameterCollection parameters, int timeoutSeconds)
    {
        this.connection = connection;
        this.parameters = parameters;
        this.timeoutSeconds = timeoutSeconds;
        count = (int)Native.ExtractStatements(connection.Handle, ParameterNames.ToDollar(sql), out statements);
        if (count > 0) return;
        var error = Native.Text(Native.ExtractStatementsError(statements));
        statements.Dispose();
        if (error is not null) throw DuckDbException.Running(error);
    }

    /// <summary>Executes the next statement; null after the last.</summary>
    /// <exception cref="DuckDbException">DuckDB reports an error, or the time limit is reached.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public StatementResult? ExecuteNext(CancellationToken cancel)
    {
        if (next == count) return null;
        cancel.ThrowIfCancellationRequested();
        try
        {
            return Execute(next++, cancel);
        }
        catch
        {
            next = count; // what follows a failed statement is not run
            throw;
        }
    }

    public void Dispose()
    {
        next = count;
        statements.Dispose();
    }

    StatementResult Execute(int index, CancellationToken cancel)
    {
        PreparedHandle? prepared = null;
        PendingHandle? pending = null;
        try
        {
            if (Native.PrepareExtracted(connection.Handle, statements, (ulong)index, out prepared) != 0)
                throw DuckDbException.Running(Where(index) + (Native.Text(Native.PrepareError(prepared)) ?? "the statement cannot be prepared"));
            ParameterBinder.Bind(prepared, parameters, ref parametersTaken);
            var state = Native.PendingStreaming(prepared, out pending);
            using var interruption = new Interruption(connection.Handle, timeoutSeconds, cancel);
            if (state != 0) throw interruption.Explain(Where(index) + Native.Text(Native.PendingError(pending)));
            return Execute(index, pending, interruption);
        }
        finally
        {
            pending?.Dispose();
            prepared?.Dispose();
        }
    }

    StatementResult Execute(int index, PendingHandle pending, Interruption interruption)
    {
        var result = new ResultHandle();
        try
        {
            if (Native.ExecutePending(pending, result) == 0) return new StatementResult(connection, result, timeoutSeconds);
            var reason = Native.Text(Native.ResultError(result)) ?? "the statement failed";
            throw interruption.Explain(DuckDbException.IsInterrupt(reason) ? reason : Where(index) + reason);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    string Where(int index) => count > 1 ? $"statement {index + 1} of {count}: " : "";
}
