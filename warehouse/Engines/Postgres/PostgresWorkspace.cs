using Dapper;
using Npgsql;

namespace Warehouse.Engines.Postgres;

/// <summary>The slot of a PostgreSQL warehouse that is not published.</summary>
class PostgresWorkspace(NpgsqlConnection connection, Publication published, string slot)
    : Workspace(connection, sql => sql, new(published.Number + 1, slot))
{
    public override string Physical(string sql) => PostgresEngine.InSlot(sql, Publication.Slot);

    public override async Task EmptyAsync(CancellationToken cancel) =>
        Publication = Publication with { Slot = await PostgresSlots.EmptyAsync(connection, Publication.Slot, published.Slot, cancel) };

    public override IBulkWriter OpenBulkWriter(TableShape table) => new PostgresBulkWriter(connection, table);

    // Autovacuum comes too late for a table that is read in the next moment.
    public override Task RefreshStatisticsAsync(string table, CancellationToken cancel) => this.RunAsync($"analyze {table}", cancel: cancel);

    public override Task PrepareForSlicesAsync(string table, string column, CancellationToken cancel) =>
        this.RunAsync($"create index on {table} ({column})", cancel: cancel);

    public override async Task<Publication> PublishAsync(CancellationToken cancel)
    {
        await using (var whole = await connection.BeginTransactionAsync(cancel))
        {
            await PostgresSlots.PublishAsync(connection, Publication, cancel);
            Milestones.Reach(Milestone.BeforeSwitch);
            await whole.CommitAsync(cancel);
        }
        Milestones.Reach(Milestone.AfterSwitch);
        return Publication;
    }
}
