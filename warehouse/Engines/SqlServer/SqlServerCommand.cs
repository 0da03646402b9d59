using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Warehouse.Engines.SqlServer;

/// <summary>A statement; outside a transaction it is tried once more where it was the victim of a deadlock.</summary>
sealed class SqlServerCommand : DbCommand
{
    readonly SqlServerConnection connection;
    readonly SqlCommand inner;

    public SqlServerCommand(SqlServerConnection connection, SqlCommand inner)
    {
        (this.connection, this.inner) = (connection, inner);
        // SqlClient's own default of 30 seconds is for other work than a build; a limit can be set in the connection string.
        inner.CommandTimeout = connection.Limit;
    }

    [AllowNull]
    public override string CommandText
    {
        get => inner.CommandText;
        set => inner.CommandText = value;
    }

    /// <summary>The connection string's, whatever the caller says; without limit where that has none.</summary>
    public override int CommandTimeout
    {
        get => inner.CommandTimeout;
        set => inner.CommandTimeout = connection.Limit;
    }

    public override CommandType CommandType
    {
        get => inner.CommandType;
        set => inner.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource
    {
        get => inner.UpdatedRowSource;
        set => inner.UpdatedRowSource = value;
    }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set
        {
            if (value != connection) throw new InvalidOperationException("a command stays with its connection");
        }
    }

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() => inner.Cancel();

    public override void Prepare()
    {
        // Plans are kept by the text of the statement.
    }

    public override int ExecuteNonQuery() => Run(() => inner.ExecuteNonQuery());

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => RunAsync(() => inner.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    public override object? ExecuteScalar()
    {
        using var reader = ExecuteDbDataReader(CommandBehavior.Default);
        return reader.Read() && reader.FieldCount > 0 ? reader.GetValue(0) : null;
    }

    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        await using var reader = await ExecuteDbDataReaderAsync(CommandBehavior.Default, cancellationToken);
        return await reader.ReadAsync(cancellationToken) && reader.FieldCount > 0 ? reader.GetValue(0) : null;
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => new SqlServerDataReader(connection, Run(() => inner.ExecuteReader(behavior)));

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        new SqlServerDataReader(connection, await RunAsync(() => inner.ExecuteReaderAsync(behavior, cancellationToken), cancellationToken));

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    T Run<T>(Func<T> run) => RunAsync(() => Task.FromResult(run()), CancellationToken.None).GetAwaiter().GetResult();

    async Task<T> RunAsync<T>(Func<Task<T>> run, CancellationToken cancel)
    {
        Prepare(inner);
        // Asked now: of a transaction that the server gave up the client says later that there is none.
        var isAlone = inner.Transaction is null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await run();
            }
            catch (SqlException error) when (error.Number == SqlServerException.DeadlockVictim && attempt == 1 && isAlone)
            {
                connection.Report($"{connection.Told(error).Message} It is tried once more.");
            }
            catch (SqlException error)
            {
                // A statement that was cancelled ends with an error like any other.
                cancel.ThrowIfCancellationRequested();
                throw connection.Told(error);
            }
            catch (InvalidOperationException) when (connection.Closed() is { } closed)
            {
                throw closed;
            }
            // Seen once of SslStream, when the time of a statement was up on a busy machine.
            catch (NotSupportedException error)
            {
                throw connection.Lost(error);
            }
        }
    }

    void Prepare(SqlCommand command)
    {
        command.Transaction = connection.Standing();
        foreach (SqlParameter parameter in command.Parameters)
            // SqlClient takes any DateTime for a datetime, which begins in 1753 and counts in three-hundredths of a second.
            if (parameter is { SqlDbType: SqlDbType.DateTime, Value: DateTime at }) parameter.SqlDbType = at.TimeOfDay == default ? SqlDbType.Date : SqlDbType.DateTime2;
    }
}
