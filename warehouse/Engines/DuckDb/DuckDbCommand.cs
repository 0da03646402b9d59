using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// SQL to run: one or more statements with parameters <c>$name</c>, <c>@name</c> or <c>?</c>. The asynchronous
/// methods do their work on the caller's thread, because DuckDB runs inside the process; they do stop when cancelled.
/// </summary>
/// <remarks><c>@name</c> is a parameter wherever it stands outside quotes, so DuckDB's <c>@x</c> (absolute value) is written <c>abs(x)</c>.</remarks>
public sealed class DuckDbCommand : DbCommand
{
    DuckDbConnection? connection;
    int timeoutSeconds;

    public DuckDbCommand()
    {
    }

    public DuckDbCommand(string sql, DuckDbConnection connection)
    {
        CommandText = sql;
        this.connection = connection;
    }

    [AllowNull]
    public override string CommandText { get; set => field = value ?? ""; } = "";

    /// <summary>Seconds that a statement, or fetching the next rows, may take; 0, the default, sets no limit: models are large.</summary>
    public override int CommandTimeout
    {
        get => timeoutSeconds;
        set => timeoutSeconds = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "a time limit is not negative");
    }

    /// <exception cref="NotSupportedException">Anything but Text.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text) throw new NotSupportedException("DuckDB runs SQL text only");
        }
    }

    public new DuckDbParameterCollection Parameters { get; } = new();

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => connection = (DuckDbConnection?)value;
    }

    protected override DbParameterCollection DbParameterCollection => Parameters;

    /// <summary>Only kept: a DuckDB connection runs everything in the transaction that it has open.</summary>
    protected override DbTransaction? DbTransaction { get; set; }

    /// <summary>Stops what the connection is running, from another thread; the runner gets a <see cref="DuckDbException"/>.</summary>
    public override void Cancel() => connection?.Interrupt();

    /// <summary>Does nothing: statements are prepared as they run, since a later one may need what an earlier one creates.</summary>
    public override void Prepare()
    {
    }

    /// <exception cref="InvalidOperationException">The connection has a reader open.</exception>
    public new DuckDbDataReader ExecuteReader() => Read(CommandBehavior.Default, CancellationToken.None);

    public override int ExecuteNonQuery() => RunAll(CancellationToken.None);

    public override object? ExecuteScalar() => ReadScalar(CancellationToken.None);

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        Finished.Run(static (command, cancel) => command.RunAll(cancel), this, cancellationToken);

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        Finished.Run(static (command, cancel) => command.ReadScalar(cancel), this, cancellationToken);

    protected override DbParameter CreateDbParameter() => new DuckDbParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Read(behavior, CancellationToken.None);

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        Finished.Run<(DuckDbCommand, CommandBehavior), DbDataReader>(
            static (call, cancel) => call.Item1.Read(call.Item2, cancel), (this, behavior), cancellationToken);

    DuckDbDataReader Read(CommandBehavior behavior, CancellationToken cancel)
    {
        var open = connection ?? throw new InvalidOperationException("the command has no connection");
        open.RequireNoReader();
        var reader = new DuckDbDataReader(open, new StatementBatch(open, CommandText, Parameters, timeoutSeconds), behavior);
        try
        {
            reader.MoveToResult(cancel);
            return reader;
        }
        catch
        {
            reader.Abandon();
            throw;
        }
    }

    int RunAll(CancellationToken cancel)
    {
        using var reader = Read(CommandBehavior.Default, cancel);
        while (reader.MoveToResult(cancel)) { }
        return reader.RecordsAffected;
    }

    object? ReadScalar(CancellationToken cancel)
    {
        using var reader = Read(CommandBehavior.Default, cancel);
        var value = reader.MoveToRow(cancel) && reader.FieldCount > 0 ? reader.GetValue(0) : null;
        while (reader.MoveToResult(cancel)) { }
        return value;
    }
}
