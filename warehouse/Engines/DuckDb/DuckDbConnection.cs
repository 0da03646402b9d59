using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// A connection to a DuckDB database. Connections of this process to the same path share one instance of it; other
/// processes may have the file open only if all of them read only. A connection does one thing at a time.
/// </summary>
/// <remarks>
/// Connection string: <c>Data Source=PATH</c> or <c>:memory:</c> (a database of its own) or <c>:memory:NAME</c>
/// (shared in the process); further keys are DuckDB's options with blanks, such as <c>Access Mode=READ_ONLY</c>,
/// <c>Memory Limit=2GB</c>, <c>Threads=2</c>, <c>Temp Directory=PATH</c>. The time zone is UTC on every machine.
/// </remarks>
public sealed class DuckDbConnection : DbConnection
{
    static readonly DuckDbParameterCollection NoParameters = new();

    string connectionString = "";
    DatabaseSettings? settings;
    DatabaseInstance? instance;
    ConnectionHandle? handle;
    DuckDbDataReader? reader;
    bool isDisposed;

    public DuckDbConnection()
    {
    }

    /// <exception cref="ArgumentException">The text is not a connection string or has no Data Source.</exception>
    public DuckDbConnection(string connectionString) => ConnectionString = connectionString;

    [AllowNull]
    public override string ConnectionString
    {
        get => connectionString;
        set
        {
            if (handle is not null) throw new InvalidOperationException("the connection string of an open connection cannot change");
            settings = DatabaseSettings.Parse(value ?? "");
            connectionString = value ?? "";
        }
    }

    /// <summary>The file's name without its extension, as DuckDB names the catalog.</summary>
    public override string Database => Path.GetFileNameWithoutExtension(DataSource);

    /// <summary>Full path of the database file, or :memory:.</summary>
    public override string DataSource => settings?.Path ?? "";

    public override string ServerVersion => Native.Text(Native.LibraryVersion()) ?? "";

    public override ConnectionState State => handle is null ? ConnectionState.Closed : ConnectionState.Open;

    /// <summary>The transaction that is open, if any: everything on the connection belongs to it.</summary>
    public DuckDbTransaction? Transaction { get; private set; }

    /// <summary>
    /// Percentage of the running statement that is done, or -1 where DuckDB does not know; for another thread to ask.
    /// Counted only after <c>set enable_progress_bar = true; set enable_progress_bar_print = false</c>.
    /// </summary>
    public double Progress => handle is { } open ? Native.QueryProgress(open).Percentage : -1;

    /// <exception cref="ObjectDisposedException">It was closed before.</exception>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    internal ConnectionHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return handle ?? throw new InvalidOperationException("the connection is not open");
        }
    }

    /// <summary>Opens the database, creating the file if it does not exist and may be written.</summary>
    /// <exception cref="DuckDbException">The file is damaged or held by another process (see <see cref="DuckDbException.IsLockConflict"/>).</exception>
    public override void Open()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (handle is not null) throw new InvalidOperationException("the connection is already open");
        if (settings is null) throw new InvalidOperationException("the connection has no connection string");
        (instance, handle) = DatabaseInstance.Connect(settings);
        try
        {
            // So that dates and texts made from instants are the same on every machine.
            RunStatement("set TimeZone = 'UTC'");
        }
        catch
        {
            Close();
            throw;
        }
        OnStateChange(new StateChangeEventArgs(ConnectionState.Closed, ConnectionState.Open));
    }

    /// <summary>Closes; an open transaction is rolled back.</summary>
    public override void Close()
    {
        if (handle is not { } open) return;
        reader?.Abandon();
        Transaction?.Forget();
        handle = null;
        instance!.Disconnect(open);
        OnStateChange(new StateChangeEventArgs(ConnectionState.Open, ConnectionState.Closed));
    }

    /// <exception cref="NotSupportedException">Always: another database is another connection.</exception>
    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("open another connection instead");

    public new DuckDbCommand CreateCommand() => new() { Connection = this };

    /// <exception cref="InvalidOperationException">A transaction is open: DuckDB does not nest them.</exception>
    public new DuckDbTransaction BeginTransaction() => (DuckDbTransaction)BeginDbTransaction(IsolationLevel.Unspecified);

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        _ = Handle;
        if (isolationLevel is IsolationLevel.Serializable or IsolationLevel.Chaos)
            throw new NotSupportedException($"DuckDB's transactions are snapshots, not {isolationLevel}");
        if (Transaction is not null) throw new InvalidOperationException("the connection has a transaction open");
        RequireNoReader();
        return Transaction = new DuckDbTransaction(this);
    }

    protected override DbCommand CreateDbCommand() => CreateCommand();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
            isDisposed = true;
        }
        base.Dispose(disposing);
    }

    internal void Interrupt()
    {
        if (handle is not { } open) return;
        try
        {
            Native.Interrupt(open);
        }
        catch (ObjectDisposedException)
        {
            // Closed by its own thread meanwhile: there is nothing left to stop.
        }
    }

    /// <summary>Runs a statement without parameters or rows.</summary>
    internal void RunStatement(string sql)
    {
        using var batch = new StatementBatch(this, sql, NoParameters, timeoutSeconds: 0);
        while (batch.ExecuteNext(CancellationToken.None) is { } result) result.Dispose();
    }

    /// <summary>
    /// DuckDB keeps a query of which not all rows were fetched, and its transaction, until something new begins; so
    /// something is prepared, which begins and does nothing.
    /// </summary>
    internal void EndAbandonedQuery()
    {
        if (handle is null) return;
        Native.ExtractStatements(handle, "select 1", out var statements);
        using (statements)
        {
            Native.PrepareExtracted(handle, statements, 0, out var prepared);
            prepared.Dispose();
        }
    }

    internal void RequireNoReader()
    {
        _ = Handle;
        if (reader is not null) throw new InvalidOperationException("the connection has a reader open, which must be closed first: DuckDB streams one result at a time");
    }

    internal void CloseReader() => reader?.Abandon();

    internal void Remember(DuckDbDataReader opened) => reader = opened;

    internal void Forget(DuckDbDataReader closed)
    {
        if (reader == closed) reader = null;
    }

    internal void Forget(DuckDbTransaction ended)
    {
        if (Transaction == ended) Transaction = null;
    }
}
