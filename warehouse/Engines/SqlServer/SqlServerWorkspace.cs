namespace Warehouse.Engines.SqlServer;

/// <summary>The slot of a SQL Server warehouse that is not published.</summary>
sealed class SqlServerWorkspace(SqlServerConnection connection, FactStorage storage, Publication published, string slot)
    : Workspace(connection, sql => sql, new(published.Number + 1, slot))
{
    public override string Physical(string sql) => Translation.Shipped.Translate(sql, Publication.Slot);

    public override Session? PublishedBeside { get; } = published.Number == 0 ? null : new(connection, sql => Translation.Shipped.Translate(sql, published.Slot), published);

    public override async Task EmptyAsync(CancellationToken cancel) =>
        Publication = Publication with { Slot = await SqlServerSlots.EmptyAsync(connection, Publication.Slot, published.Slot, cancel) };

    protected override bool IsDeadlock(Exception error) => error is SqlServerException { IsDeadlock: true };

    public override IBulkWriter OpenBulkWriter(TableShape table) => new SqlServerBulkWriter(connection, table);

    /// <summary>The server keeps statistics by itself; a table that was filled as a whole is stored as it is read.</summary>
    public override Task RefreshStatisticsAsync(string table, CancellationToken cancel) => storage.StoreAsync(this, connection, table, cancel);

    public override Task PrepareForSlicesAsync(string table, string column, CancellationToken cancel) =>
        this.RunAsync(FactStorage.Index(table, column), cancel: cancel);

    public override async Task<Publication> PublishAsync(CancellationToken cancel)
    {
        await using (var whole = await connection.BeginTransactionAsync(cancel))
        {
            await SqlServerSlots.PublishAsync(connection, Publication, cancel);
            Milestones.Reach(Milestone.BeforeSwitch);
            await whole.CommitAsync(cancel);
        }
        Milestones.Reach(Milestone.AfterSwitch);
        return Publication;
    }
}
