using Dapper;
using Npgsql;

namespace Warehouse.Engines.Postgres;

/// <summary>The slot of a PostgreSQL warehouse that is not published.</summary>
class PostgresWorkspace(NpgsqlConnection connection, Publication published, string slot)
    : Workspace(connection, sql => sql, new(published.Number + 1, slot))
{
    const string Table = "create table ";

    /// <remarks>What only a build needs is not written to the server's log. A crash of the server empties such tables; a build that was cut short is begun anew.</remarks>
    public override string Physical(string sql) =>
        PostgresEngine.InSlot(PassingLayers.MadeBy(sql, Table) is null ? sql : $"create unlogged table {sql[Table.Length..]}", Publication.Slot);

    public override async Task EmptyAsync(CancellationToken cancel) =>
        Publication = Publication with { Slot = await PostgresSlots.EmptyAsync(connection, Publication.Slot, published.Slot, cancel) };

    protected override bool IsDeadlock(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };

    public override IBulkWriter OpenBulkWriter(TableShape table) => new PostgresBulkWriter(connection, table);

    // Autovacuum comes too late for a table that is read in the next moment.
    public override Task RefreshStatisticsAsync(string table, CancellationToken cancel) => this.RunAsync($"analyze {table}", cancel: cancel);

    /// <remarks>
    /// Spans are put in the order of their days, so that a few pages tell what began or ended in a month: measured, of 2.1 million
    /// spans 384 pages were read instead of 38,164, by an index of 32 kB. In the order of tasks such an index told nothing.
    /// </remarks>
    public override async Task PrepareForSlicesAsync(string table, string column, CancellationToken cancel)
    {
        if (await HasSpansAsync(table, cancel))
        {
            var order = $"{table.Split('.')[1]}_order";
            await this.RunAsync($"create index {order} on {table} (valid_from)", cancel: cancel);
            await this.RunAsync($"cluster {table} using {order}", cancel: cancel);
            await this.RunAsync($"drop index {PhysicalLayer(table.Split('.')[0])}.{order}", cancel: cancel);
            await this.RunAsync($"create index on {table} using brin (valid_from, valid_to, overdue_from)", cancel: cancel);
        }
        await this.RunAsync($"create index on {table} ({column})", cancel: cancel);
    }

    async Task<bool> HasSpansAsync(string table, CancellationToken cancel) =>
        (await this.ColumnsAsync(table, cancel)).Intersect(["valid_from", "valid_to", "overdue_from"]).Count() == 3;

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
