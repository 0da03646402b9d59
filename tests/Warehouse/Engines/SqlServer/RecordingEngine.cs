using System.Data.Common;
using Warehouse.Engines;

namespace Tests.SqlServer;

/// <summary>An engine that does what another does and notes every statement that goes through its sessions, in logical names.</summary>
sealed class RecordingEngine(IEngine inner) : IEngine
{
    readonly HashSet<string> statements = [];

    /// <summary>Each different statement once.</summary>
    public IReadOnlyList<string> Statements
    {
        get
        {
            lock (statements) return [.. statements];
        }
    }

    public string Name => inner.Name;

    public async Task<Session?> OpenPublishedAsync(CancellationToken cancel) =>
        await inner.OpenPublishedAsync(cancel) is { } session ? new RecordingSession(session, Noted) : null;

    public async Task<Workspace> OpenWorkspaceAsync(CancellationToken cancel) => new RecordingWorkspace(await inner.OpenWorkspaceAsync(cancel), Noted);

    public async Task<Workspace> OpenTrialAsync(CancellationToken cancel) => new RecordingWorkspace(await inner.OpenTrialAsync(cancel), Noted);

    public Task<int?> FindPreviousAsync(CancellationToken cancel) => inner.FindPreviousAsync(cancel);

    public Task<Publication> RestoreAsync(CancellationToken cancel) => inner.RestoreAsync(cancel);

    public string TypeName(Column column) => inner.TypeName(column);

    public EngineException? FailureBehind(Exception error) => inner.FailureBehind(error);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    void Noted(string sql)
    {
        // A layer's name alone is asked for, too.
        if (!sql.Contains(' ', StringComparison.Ordinal)) return;
        lock (statements) statements.Add(sql);
    }

    sealed class RecordingSession(Session inner, Action<string> noted) : Session(inner.Connection, sql => sql, inner.Publication)
    {
        public override string Physical(string sql)
        {
            noted(sql);
            return inner.Physical(sql);
        }

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    sealed class RecordingWorkspace(Workspace inner, Action<string> noted) : Workspace(inner.Connection, sql => sql, inner.Publication)
    {
        public override string Physical(string sql)
        {
            noted(sql);
            return inner.Physical(sql);
        }

        public override IBulkWriter OpenBulkWriter(TableShape table) => inner.OpenBulkWriter(table);

        public override async Task EmptyAsync(CancellationToken cancel)
        {
            await inner.EmptyAsync(cancel);
            Publication = inner.Publication;
        }

        public override Task ArrangeForRowsAsync(bool comeNext, CancellationToken cancel) => inner.ArrangeForRowsAsync(comeNext, cancel);

        public override ValueTask<DbTransaction> BeginAsync(CancellationToken cancel) => inner.BeginAsync(cancel);

        public override Task RefreshStatisticsAsync(string table, CancellationToken cancel) => inner.RefreshStatisticsAsync(table, cancel);

        public override Task PrepareForSlicesAsync(string table, string column, CancellationToken cancel) => inner.PrepareForSlicesAsync(table, column, cancel);

        public override Task<Publication> PublishAsync(CancellationToken cancel) => inner.PublishAsync(cancel);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
