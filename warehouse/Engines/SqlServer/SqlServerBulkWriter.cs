using Microsoft.Data.SqlClient;

namespace Warehouse.Engines.SqlServer;

/// <summary>Rows into one table by SqlBulkCopy, streamed from the chunks; one copy for all of them.</summary>
sealed class SqlServerBulkWriter(SqlServerConnection connection, TableShape table) : IBulkWriter
{
    /// <summary>From this number of rows on a columnstore takes a batch as it is, without a detour.</summary>
    const int BatchRows = 102_400;

    readonly ChunkReader rows = new(table, connection.Place);
    readonly CancellationTokenSource over = new();
    Task? copying;

    public async ValueTask WriteAsync(RowChunk chunk, CancellationToken cancel)
    {
        if (chunk.Count == 0) return;
        copying ??= Task.Run(CopyAsync, CancellationToken.None);
        // A copy that failed takes no more rows.
        var offering = rows.OfferAsync(chunk, over.Token);
        if (await Task.WhenAny(offering, copying).WaitAsync(cancel) == copying) await copying;
        await offering;
    }

    public async ValueTask CompleteAsync(CancellationToken cancel)
    {
        rows.End();
        if (copying is null) return;
        await copying.WaitAsync(cancel);
        copying = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (copying is not null)
        {
            rows.End(new OperationCanceledException("the rows are given up"));
            await over.CancelAsync();
            await copying.ContinueWith(_ => { }, TaskScheduler.Default);
        }
        over.Dispose();
    }

    async Task CopyAsync()
    {
        // Without the table's lock every row is locked and logged by itself.
        using var copy = new SqlBulkCopy(connection.Inner, SqlBulkCopyOptions.TableLock | SqlBulkCopyOptions.KeepNulls, connection.Standing())
        {
            DestinationTableName = table.FullName,
            BatchSize = BatchRows,
            BulkCopyTimeout = connection.Limit,
            EnableStreaming = true,
        };
        foreach (var column in table.Columns) copy.ColumnMappings.Add(column.Name, column.Name);
        try
        {
            await copy.WriteToServerAsync(rows, over.Token);
        }
        catch (SqlException error)
        {
            throw connection.Told(error);
        }
        catch (InvalidOperationException) when (connection.Closed() is { } closed)
        {
            throw closed;
        }
        // The client wraps what a reader throws.
        catch (InvalidOperationException error) when (error.InnerException is SqlServerException refused)
        {
            throw refused;
        }
    }
}
