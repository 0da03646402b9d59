using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Warehouse.Engines.SqlServer;

/// <summary>One transaction over everything that a load and a build do, rolled back at its end; what they commit is a savepoint in it.</summary>
sealed class SqlServerTrial(SqlServerConnection connection, SqlServerTransaction whole, Publication published, string slot)
    : Workspace(connection, sql => sql, new(published.Number + 1, slot))
{
    int savepoints;

    public override string Physical(string sql) => Translation.Shipped.Translate(sql, Publication.Slot);

    public override Session? PublishedBeside { get; } = published.Number == 0 ? null : new(connection, sql => Translation.Shipped.Translate(sql, published.Slot), published);

    public override async Task EmptyAsync(CancellationToken cancel) =>
        Publication = Publication with { Slot = await SqlServerSlots.EmptyAsync(connection, Publication.Slot, published.Slot, cancel) };

    public override IBulkWriter OpenBulkWriter(TableShape table) => new SqlServerBulkWriter(connection, table);

    public override Task<Publication> PublishAsync(CancellationToken cancel) => throw new InvalidOperationException("a trial is never published");

    public override async ValueTask<DbTransaction> BeginAsync(CancellationToken cancel)
    {
        var name = FormattableString.Invariant($"trial_{++savepoints}");
        var standing = whole.Joined()!;
        await standing.SaveAsync(name, cancel);
        return new Savepoint(standing, name);
    }

    public override async ValueTask DisposeAsync()
    {
        await whole.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>A transaction inside the whole one. SQL Server has no word for keeping it: it is kept unless it is rolled back.</summary>
    sealed class Savepoint(SqlTransaction whole, string name) : DbTransaction
    {
        bool isOver;

        public override IsolationLevel IsolationLevel => whole.IsolationLevel;

        protected override DbConnection? DbConnection => whole.Connection;

        public override void Commit() => isOver = true;

        public override void Rollback()
        {
            whole.Rollback(name);
            isOver = true;
        }

        public override async ValueTask DisposeAsync()
        {
            // An error may have ended the whole transaction already.
            if (!isOver && whole.Connection is not null) await RollbackAsync();
            await base.DisposeAsync();
        }
    }
}
