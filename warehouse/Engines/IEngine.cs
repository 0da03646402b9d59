using System.Data.Common;

namespace Warehouse.Engines;

/// <summary>
/// Where a warehouse lives. Two slots take turns: readers see the published one, a load works in the other, and
/// publishing switches a pointer. Models, measures and pages are the same text on every engine.
/// </summary>
public interface IEngine : IAsyncDisposable
{
    /// <summary>As in <c>--engine</c>; <c>sql/engines/NAME.sql</c> holds its <c>fn.*</c> functions.</summary>
    string Name { get; }

    /// <summary>Opens the published state for reading; null when nothing was published yet.</summary>
    /// <exception cref="EngineException">The engine cannot be reached.</exception>
    Task<Session?> OpenPublishedAsync(CancellationToken cancel);

    /// <summary>Opens the slot that is not published, brought up to the published state, for one load at a time.</summary>
    /// <exception cref="EngineException">The engine cannot be reached, or its readers do not let go.</exception>
    Task<Workspace> OpenWorkspaceAsync(CancellationToken cancel);

    /// <summary>Opens a copy of what the next load would work in, to be tried and given up: nothing that happens in it outlives it. It cannot be published.</summary>
    /// <exception cref="EngineException">The engine cannot be reached.</exception>
    Task<Workspace> OpenTrialAsync(CancellationToken cancel);

    /// <summary>The state to which <see cref="RestoreAsync"/> would go back: the one before the published one, whole and untouched in its slot; null where there is none, or where a run began to work in its slot.</summary>
    /// <exception cref="EngineException">The engine cannot be reached.</exception>
    Task<int?> FindPreviousAsync(CancellationToken cancel);

    /// <summary>Sends readers back to that state, atomically and under a new number: numbers only grow. The state that was published takes its place as the one before.</summary>
    /// <exception cref="EngineException">The engine cannot be reached, or there is no such state.</exception>
    Task<Publication> RestoreAsync(CancellationToken cancel);

    /// <summary>The column type in the engine's dialect.</summary>
    string TypeName(Column column);

    /// <summary>How the engine failed as a system (it went away, its disk is full) where an error is due to that; null where it refused what it was asked.</summary>
    EngineException? FailureBehind(Exception error);
}

/// <summary>A connection to one state of the warehouse, and the translation of logical names into the engine's.</summary>
public class Session(DbConnection connection, Func<string, string> physical, Publication publication) : IAsyncDisposable
{
    public DbConnection Connection => connection;

    /// <summary>Which state is read.</summary>
    public Publication Publication { get; protected set; } = publication;

    /// <summary>SQL with logical names (<c>warehouse.fact_task</c>) as this engine and slot name them.</summary>
    public virtual string Physical(string sql) => physical(sql);

    /// <summary>A layer as this engine and slot name it.</summary>
    public string PhysicalLayer(string layer) => Physical(layer + ".")[..^1];

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await connection.DisposeAsync();
    }
}

/// <summary>A state of the warehouse that readers saw or see. Number 0 is the empty state before the first publication.</summary>
public sealed record Publication(int Number, string Slot);

/// <summary>The slot in which a load works. What happens here is seen by no reader until <see cref="PublishAsync"/>.</summary>
public abstract class Workspace(DbConnection connection, Func<string, string> physical, Publication publication)
    : Session(connection, physical, publication)
{
    /// <summary>Opens the bulk path into a table of the raw layer, inside the connection's open transaction.</summary>
    public abstract IBulkWriter OpenBulkWriter(TableShape table);

    /// <summary>Where tests hold the program.</summary>
    public Milestones Milestones { get; init; } = new();

    /// <summary>Empties the built layers. An engine goes on in a slot of another name rather than wait for whoever still reads this one.</summary>
    public virtual async Task EmptyAsync(CancellationToken cancel)
    {
        foreach (var layer in Schema.BuiltLayers.Reverse()) await this.RunAsync($"drop schema if exists {PhysicalLayer(layer)} cascade", cancel: cancel);
        foreach (var layer in Schema.BuiltLayers) await this.RunAsync($"create schema {PhysicalLayer(layer)}", cancel: cancel);
    }

    /// <summary>The published state, where it lies beside this slot so that a statement can copy rows from it; null where it does not, or nothing was published yet. It is of this connection, and ends with it.</summary>
    public virtual Session? PublishedBeside => null;

    /// <summary>
    /// Called before the rows of a load come, and with false when sets are worked on again: an engine may arrange itself for
    /// either.
    /// </summary>
    public virtual Task ArrangeForRowsAsync(bool comeNext, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>The error that says that the transaction was given up so that another could go on: the same again may succeed. Null where there is none behind this one.</summary>
    public Exception? DeadlockBehind(Exception error)
    {
        // A stage that waited for the one that was refused throws another error around it.
        for (var each = error; each is not null; each = each.InnerException)
            if (IsDeadlock(each)) return each;
        return null;
    }

    /// <summary>Whether the engine's error says so; never of an engine without deadlocks.</summary>
    protected virtual bool IsDeadlock(Exception error) => false;

    /// <summary>Whether the engine keeps in memory where rows were struck out, for as long as it runs.</summary>
    public virtual bool RemembersStruckOut => false;

    /// <summary>Whether rows that lie in an order are left out of a question about others without an index.</summary>
    public virtual bool SkipsByOrder => false;

    /// <summary>The share of its memory that such an engine needs from now on for rows that were struck out in a table, wherever in it they lay.</summary>
    /// <param name="rows">Of the table.</param>
    /// <param name="places">Places all over it at which rows were struck out.</param>
    public virtual double MemoryOfStruckOut(long rows, long places) => 0;

    /// <summary>Writes a table of such an engine anew, so that nothing is struck out in it; on others nothing is done.</summary>
    /// <param name="last">A condition on the rows that are to lie behind all others.</param>
    public virtual Task RewriteAsync(string table, string last, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Whether an error says that the engine had not memory enough: another way to the same end may need less.</summary>
    public virtual bool WasShortOfMemory(Exception error) => false;

    /// <summary>Begins what is kept or given up as a whole.</summary>
    public virtual ValueTask<DbTransaction> BeginAsync(CancellationToken cancel) => Connection.BeginTransactionAsync(cancel);

    /// <summary>Strikes rows out of a table that are named by their columns in another.</summary>
    public virtual Task StrikeOutAsync(string table, IReadOnlyCollection<string> columns, string named, CancellationToken cancel) =>
        this.RunAsync($"delete from {table} where exists (select 1 from {named} as named where {string.Join(" and ", columns.Select(column => $"named.{column} = {table.Split('.')[1]}.{column}"))})", cancel: cancel);

    /// <summary>Tells the engine's planner how a table filled anew is made up; nothing on an engine that knows by itself.</summary>
    public virtual Task RefreshStatisticsAsync(string table, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Lets the rows of some tasks be found in a table that was filled as a whole, where the engine finds them by an index.</summary>
    public virtual Task PrepareForSlicesAsync(string table, string column, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Makes this slot the published state, atomically: whoever opens after the call sees it, whoever reads the old one goes on undisturbed.</summary>
    public abstract Task<Publication> PublishAsync(CancellationToken cancel);
}

/// <summary>The engine failed as a system: it is absent, locked or damaged. The message names it, never its password.</summary>
public sealed class EngineException(string message, Exception? inner = null) : Exception(message, inner);
