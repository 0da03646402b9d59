using Npgsql;

namespace Warehouse.Engines.Postgres;

/// <summary>
/// One snapshot of the published state: whatever later runs do in its slot is not seen, and the slot is not dropped before the
/// reader is gone.
/// </summary>
sealed class PostgresReader : Session
{
    readonly NpgsqlConnection connection;
    readonly NpgsqlTransaction snapshot;
    readonly LostResults lost;

    PostgresReader(NpgsqlConnection connection, NpgsqlTransaction snapshot, Publication publication)
        : base(connection, sql => PostgresEngine.InSlot(sql, publication.Slot), publication) => (this.connection, this.snapshot, lost) = (connection, snapshot, new(connection));

    /// <returns>Null where nothing was published yet; the connection is closed then.</returns>
    public static async Task<PostgresReader?> OpenAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var published = await PostgresSlots.PublishedAsync(connection, cancel);
                if (published.Number == 0) break;
                await PostgresSlots.ReadAsync(connection, published.Slot, cancel);
                var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
                // The snapshot is taken by the first statement; between the lock and it another state may have been published.
                if (await PostgresSlots.PublishedAsync(connection, cancel) == published) return new(connection, snapshot, published);
                await snapshot.DisposeAsync();
                await PostgresSlots.LeaveAsync(connection, published.Slot, cancel);
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

    /// <exception cref="EngineException">What was read in the session lacks rows.</exception>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await snapshot.DisposeAsync();
            await PostgresSlots.LeaveAsync(connection, Publication.Slot, CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            // The connection broke, and its lock ended with it.
        }
        await base.DisposeAsync();
        lost.ThrowIfAny();
    }
}
