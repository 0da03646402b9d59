namespace Warehouse.Engines;

/// <summary>
/// An engine's fastest way to add rows to one table, inside the transaction of the connection that opened it.
/// Rows count once <see cref="CompleteAsync"/> has returned; disposing without it gives up what was written.
/// </summary>
public interface IBulkWriter : IAsyncDisposable
{
    /// <summary>Appends all rows of the chunk; the chunk may be reused when the call returns.</summary>
    ValueTask WriteAsync(RowChunk chunk, CancellationToken cancel);

    /// <summary>Flushes what is still buffered.</summary>
    ValueTask CompleteAsync(CancellationToken cancel);
}
