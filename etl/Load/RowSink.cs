using System.Threading.Channels;
using Warehouse.Engines;

namespace Etl.Load;

/// <summary>
/// Where mapped rows go: chunks per table, full ones handed to one writer that works while the next rows are parsed. At
/// most a few chunks exist at a time, whatever the size of the batch.
/// </summary>
sealed class RowSink : IAsyncDisposable
{
    const int ChunkRows = 2048;
    const int ChunksInFlight = 64;

    readonly Workspace workspace;
    readonly CancellationToken cancel;
    readonly Channel<RowChunk> full = Channel.CreateBounded<RowChunk>(ChunksInFlight);
    readonly Dictionary<TableShape, RowChunk> filling = new(ReferenceEqualityComparer.Instance);
    readonly List<RowChunk> waiting = [];
    readonly Channel<RowChunk> spare = Channel.CreateUnbounded<RowChunk>();
    readonly Task writing;

    public RowSink(Workspace workspace, CancellationToken cancel)
    {
        this.workspace = workspace;
        this.cancel = cancel;
        writing = Task.Run(WriteAsync, cancel);
    }

    /// <summary>The chunk that the next row of a table goes into; it has room.</summary>
    public RowChunk this[TableShape table]
    {
        get
        {
            if (filling.TryGetValue(table, out var chunk) && !chunk.IsFull) return chunk;
            if (chunk is not null) waiting.Add(chunk);
            return filling[table] = Fresh(table);
        }
    }

    /// <summary>Hands over what is full, and waits while the writer is too far behind. To be called after each row.</summary>
    public ValueTask PassOnAsync() => waiting.Count == 0 ? ValueTask.CompletedTask : HandOverWaitingAsync();

    /// <summary>Writes everything that is left; after it all rows are in their tables.</summary>
    public async Task CompleteAsync()
    {
        await HandOverWaitingAsync();
        foreach (var chunk in filling.Values.Where(chunk => chunk.Count > 0)) await HandOverAsync(chunk);
        filling.Clear();
        full.Writer.TryComplete();
        await writing;
    }

    public async ValueTask DisposeAsync()
    {
        full.Writer.TryComplete();
        // A failure of the writer was thrown where rows were handed over; here only the end is waited for.
        await Task.WhenAny(writing);
    }

    async ValueTask HandOverWaitingAsync()
    {
        foreach (var chunk in waiting) await HandOverAsync(chunk);
        waiting.Clear();
    }

    async ValueTask HandOverAsync(RowChunk chunk)
    {
        if (writing.IsCompleted) await writing;
        await full.Writer.WriteAsync(chunk, cancel);
    }

    RowChunk Fresh(TableShape table)
    {
        // Only chunks of the table asked for come back into use; there are few tables with more than one chunk.
        for (var tries = spare.Reader.Count; tries > 0 && spare.Reader.TryRead(out var chunk); tries--)
            if (chunk.Shape == table)
            {
                chunk.Clear();
                return chunk;
            }
            else spare.Writer.TryWrite(chunk);
        return new RowChunk(table, ChunkRows);
    }

    async Task WriteAsync()
    {
        IBulkWriter? writer = null;
        TableShape? table = null;
        try
        {
            await foreach (var chunk in full.Reader.ReadAllAsync(cancel))
            {
                // One bulk path at a time: a PostgreSQL connection can hold no more.
                if (table != chunk.Shape && writer is not null) await CompleteAsync(writer);
                if (table != chunk.Shape) writer = workspace.OpenBulkWriter(chunk.Shape);
                table = chunk.Shape;
                await writer!.WriteAsync(chunk, cancel);
                if (spare.Reader.Count < ChunksInFlight) spare.Writer.TryWrite(chunk);
            }
            if (writer is not null) await CompleteAsync(writer);
        }
        catch (Exception error)
        {
            full.Writer.TryComplete(error);
            if (writer is not null) await writer.DisposeAsync();
            throw;
        }
    }

    async Task CompleteAsync(IBulkWriter writer)
    {
        await writer.CompleteAsync(cancel);
        await writer.DisposeAsync();
    }
}
