namespace Warehouse.Engines.DuckDb;

/// <summary>
/// Adds rows through DuckDB's appender, a vector of 2048 values per column at a time. The rows belong to the
/// connection's transaction; where none is open the writer has its own, which <see cref="CompleteAsync"/> commits.
/// </summary>
/// <remarks>
/// DuckDB takes rows over in parts while they are written. A writer that is disposed without being completed
/// therefore makes its transaction impossible to commit, so that no part of its rows can stay.
/// </remarks>
public sealed class DuckDbBulkWriter : IBulkWriter
{
    readonly DuckDbConnection connection;
    readonly TableShape shape;
    readonly DuckDbTransaction transaction;
    readonly bool ownsTransaction;
    readonly AppenderHandle appender;
    readonly ChunkHandle chunk;
    long rowsWritten;
    bool isCompleted;
    bool isDisposed;

    /// <exception cref="DuckDbException">The table or one of the columns does not exist.</exception>
    public DuckDbBulkWriter(DuckDbConnection connection, TableShape shape)
    {
        this.connection = connection;
        this.shape = shape;
        connection.RequireNoReader();
        ownsTransaction = connection.Transaction is null;
        transaction = connection.Transaction ?? connection.BeginTransaction();
        try
        {
            appender = OpenAppender(connection, shape);
            chunk = CreateChunk(shape);
        }
        catch
        {
            appender?.Dispose();
            if (ownsTransaction) transaction.Dispose();
            throw;
        }
    }

    /// <exception cref="DuckDbException">A value does not fit its column, or DuckDB refuses the rows.</exception>
    public ValueTask WriteAsync(RowChunk rows, CancellationToken cancel)
    {
        RequireWritable();
        for (var from = 0; from < rows.Count; from += Native.VectorSize)
        {
            cancel.ThrowIfCancellationRequested();
            var count = Math.Min(Native.VectorSize, rows.Count - from);
            VectorFiller.Fill(chunk, rows, from, count, rowsWritten);
            if (Native.AppendChunk(appender, chunk) != 0) throw Failed();
            rowsWritten += count;
        }
        GC.KeepAlive(rows);
        return ValueTask.CompletedTask;
    }

    /// <exception cref="DuckDbException">DuckDB refuses the rows, for example because a key is there twice.</exception>
    public ValueTask CompleteAsync(CancellationToken cancel)
    {
        RequireWritable();
        cancel.ThrowIfCancellationRequested();
        if (Native.CloseAppender(appender) != 0) throw Failed();
        isCompleted = true;
        appender.Dispose();
        if (ownsTransaction) transaction.Commit();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (isDisposed) return ValueTask.CompletedTask;
        isDisposed = true;
        appender.Dispose();
        chunk.Dispose();
        if (isCompleted) return ValueTask.CompletedTask;
        if (ownsTransaction) transaction.Dispose();
        else if (rowsWritten > 0) transaction.GiveUp($"the bulk write to {shape.FullName} was not completed");
        return ValueTask.CompletedTask;
    }

    static AppenderHandle OpenAppender(DuckDbConnection connection, TableShape shape)
    {
        var appender = default(AppenderHandle);
        try
        {
            if (Native.CreateAppender(connection.Handle, shape.Schema, shape.Name, out appender) != 0)
                throw Failed(shape, appender);
            // By name, so that the table's own order of columns does not matter and the others get their defaults.
            foreach (var column in shape.Columns)
                if (Native.AddAppenderColumn(appender, column.Name) != 0)
                    throw DuckDbException.Running($"{shape.FullName} › {column.Name}: {Native.Text(Native.AppenderError(appender))}");
            return appender;
        }
        catch
        {
            appender?.Dispose();
            throw;
        }
    }

    static unsafe ChunkHandle CreateChunk(TableShape shape)
    {
        var types = shape.Columns.Select(c => Native.CreateType(VectorFiller.TypeOf(c.Type))).ToArray();
        try
        {
            var pointers = types.Select(t => t.DangerousGetHandle()).ToArray();
            fixed (nint* first = pointers) return Native.CreateChunk(first, (ulong)pointers.Length);
        }
        finally
        {
            foreach (var type in types) type.Dispose();
        }
    }

    void RequireWritable()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (isCompleted) throw new InvalidOperationException($"the bulk write to {shape.FullName} has been completed");
        _ = connection.Handle;
    }

    DuckDbException Failed() => Failed(shape, appender);

    static DuckDbException Failed(TableShape shape, AppenderHandle appender) =>
        DuckDbException.Running($"{shape.FullName}: {Native.Text(Native.AppenderError(appender)) ?? "the rows were refused"}");
}
