using System.Data;
using System.Data.Common;

namespace Warehouse.Engines.SqlServer;

/// <summary>
/// The published state, held: the slot is not dropped before the reader is gone, and where the database allows snapshots whatever
/// later runs do in it is not seen. Where it does not, no run works in a slot that somebody reads.
/// </summary>
sealed class SqlServerReader : Session
{
    readonly SqlServerConnection connection;
    readonly DbTransaction? snapshot;

    SqlServerReader(SqlServerConnection connection, DbTransaction? snapshot, Publication publication)
        : base(connection, sql => Translation.Shipped.Translate(sql, publication.Slot), publication) => (this.connection, this.snapshot) = (connection, snapshot);

    /// <returns>Null where nothing was published yet; the connection is closed then.</returns>
    public static async Task<SqlServerReader?> OpenAsync(SqlServerConnection connection, bool hasSnapshots, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var published = await SqlServerSlots.PublishedAsync(connection, cancel);
                if (published.Number == 0) break;
                await SqlServerSlots.ReadAsync(connection, published.Slot, cancel);
                var snapshot = hasSnapshots ? await connection.BeginTransactionAsync(IsolationLevel.Snapshot, cancel) : null;
                // The snapshot is taken by the first statement; between the lock and it another state may have been published.
                if (await SqlServerSlots.PublishedAsync(connection, cancel) == published) return new(connection, snapshot, published);
                if (snapshot is not null) await snapshot.DisposeAsync();
                await SqlServerSlots.LeaveAsync(connection, published.Slot, cancel);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (snapshot is not null) await snapshot.DisposeAsync();
            await SqlServerSlots.LeaveAsync(connection, Publication.Slot, CancellationToken.None);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            // The connection broke, and its lock ended with it.
        }
        await base.DisposeAsync();
    }
}
