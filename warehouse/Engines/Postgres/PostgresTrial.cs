using System.Data;
using System.Data.Common;
using Npgsql;

namespace Warehouse.Engines.Postgres;

/// <summary>One transaction over everything that a load and a build do, rolled back at its end; what they commit is a savepoint in it.</summary>
sealed class PostgresTrial(NpgsqlConnection connection, NpgsqlTransaction whole, Publication published, string slot)
    : Workspace(connection, sql => sql, new(published.Number + 1, slot))
{
    int savepoints;

    public override string Physical(string sql) => PostgresEngine.InSlot(sql, Publication.Slot);

    public override Session? PublishedBeside { get; } = published.Number == 0 ? null : new(connection, sql => PostgresEngine.InSlot(sql, published.Slot), published);

    public override async Task EmptyAsync(CancellationToken cancel) =>
        Publication = Publication with { Slot = await PostgresSlots.EmptyAsync(connection, Publication.Slot, published.Slot, cancel) };

    public override IBulkWriter OpenBulkWriter(TableShape table) => new PostgresBulkWriter(connection, table);

    public override Task RefreshStatisticsAsync(string table, CancellationToken cancel) => this.RunAsync($"analyze {table}", cancel: cancel);

    public override Task<Publication> PublishAsync(CancellationToken cancel) => throw new InvalidOperationException("a trial is never published");

    public override async ValueTask<DbTransaction> BeginAsync(CancellationToken cancel)
    {
        var name = FormattableString.Invariant($"trial_{++savepoints}");
        await whole.SaveAsync(name, cancel);
        return new Savepoint(whole, name);
    }

    public override async ValueTask DisposeAsync()
    {
        await whole.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>A transaction inside the whole one.</summary>
    sealed class Savepoint(NpgsqlTransaction whole, string name) : DbTransaction
    {
        bool isOver;

        public override IsolationLevel IsolationLevel => whole.IsolationLevel;

        protected override DbConnection? DbConnection => whole.Connection;

        public override void Commit() => End(() => whole.Release(name));

        public override void Rollback() => End(() => whole.Rollback(name));

        public override Task CommitAsync(CancellationToken cancellationToken = default) => EndAsync(() => whole.ReleaseAsync(name, cancellationToken));

        public override Task RollbackAsync(CancellationToken cancellationToken = default) => EndAsync(() => whole.RollbackAsync(name, cancellationToken));

        public override async ValueTask DisposeAsync()
        {
            if (!isOver) await RollbackAsync();
            await base.DisposeAsync();
        }

        void End(Action end)
        {
            end();
            isOver = true;
        }

        async Task EndAsync(Func<Task> end)
        {
            await end();
            isOver = true;
        }
    }
}
