using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Etl.Sources;

/// <summary>Settings of a database.</summary>
/// <param name="Query">May use @since, which is null at the first load.</param>
/// <param name="Watermark">Column whose greatest value is the next @since.</param>
sealed record SqlOptions(SqlProvider Provider, string Connection, string Query, string? Watermark, TimeSpan Timeout)
{
    public static readonly string[] Names = ["provider", "connection", "query", "watermark", "timeout_seconds"];

    public static SqlOptions Bind(SourceSettings settings) => new(
        SqlProvider.Of(settings), settings.Required("connection"), settings.Required("query"), settings.Text("watermark"),
        settings.Seconds("timeout_seconds", 300));

    public bool UsesSince => Query.Contains("@since", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// A database, read through a query. A record's window since the watermark is one part. The query runs twice in one
/// snapshot: once to learn what its rows are, and only if they were not loaded before a second time to deliver them,
/// streamed. So any query will do, and the source system keeps nothing for us.
/// </summary>
/// <remarks>Identity: "since=…;rows=…;sha256=…", the hash being over the rows' texts in whatever order they come.</remarks>
public sealed class SqlDatabase : ISource
{
    readonly IReadOnlyDictionary<string, string> settings;

    /// <param name="settings">Of the feed's source; a record's own are added to them and win.</param>
    /// <exception cref="SourceException">A setting is unknown.</exception>
    public SqlDatabase(IReadOnlyDictionary<string, string> settings)
    {
        _ = new SourceSettings("source sql", SqlOptions.Names, settings);
        this.settings = settings;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourcePart> FindPartsAsync(PartRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var options = SqlOptions.Bind(new($"source sql › record {request.Record}", SqlOptions.Names, settings, request.From));
        var since = options.UsesSince ? request.Watermark : null;
        var name = $"query '{request.Record}'{(since is null ? "" : $" since {since}")}";
        var session = await SqlSession.OpenAsync(options, name, since, cancel);
        SqlPart? part = null;
        try
        {
            var print = await SqlFingerprint.TakeAsync(session, cancel);
            var identity = $"since={since};rows={print.Rows};sha256={print.Hash}";
            if (!request.IsLoaded(identity)) part = new SqlPart(name, identity, print.Rows, options.Watermark, await session.QueryAsync(cancel), session);
        }
        finally
        {
            if (part is null) await session.DisposeAsync();
        }
        if (part is not null) yield return part;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>An open connection with its snapshot, and the words for what goes wrong on it. The connection's text is never told: it holds the password.</summary>
sealed class SqlSession(SqlOptions options, string name, string? since, DbConnection connection) : IAsyncDisposable
{
    DbTransaction? snapshot;

    public static async Task<SqlSession> OpenAsync(SqlOptions options, string name, string? since, CancellationToken cancel)
    {
        DbConnection? connection = null;
        try
        {
            connection = options.Provider.Connect(options.Connection);
            await connection.OpenAsync(cancel);
            return new(options, name, since, connection) { snapshot = await options.Provider.Snapshot(connection, cancel) };
        }
        catch (ArgumentException)
        {
            throw new SourceException(SourceFault.Configuration, $"{name}: the connection text is not one of this provider's");
        }
        catch (DbException e)
        {
            if (connection is not null) await connection.DisposeAsync();
            throw Failed(options, name, e, rows: null);
        }
    }

    /// <summary>Runs the query from its start.</summary>
    public async Task<SqlRows> QueryAsync(CancellationToken cancel)
    {
        var command = connection.CreateCommand();
        try
        {
            command.CommandText = options.Query;
            command.CommandTimeout = (int)Math.Ceiling(options.Timeout.TotalSeconds);
            command.Transaction = snapshot;
            if (options.UsesSince) command.Parameters.Add(options.Provider.Since(since));
            var rows = new SqlRows(command, await command.ExecuteReaderAsync(cancel), (e, read) => Failed(options, name, e, read));
            _ = ColumnNames.Of(name, rows.Columns);
            if (options.Watermark is { } watermark && !rows.Columns.Contains(watermark))
                throw new SourceException(SourceFault.Configuration,
                    $"{name}: has no column '{watermark}' (watermark); {Feeds.Nearest.Hint(watermark, rows.Columns)}");
            return rows;
        }
        catch (DbException e)
        {
            await command.DisposeAsync();
            throw Failed(options, name, e, rows: null);
        }
    }

    static SourceException Failed(SqlOptions options, string name, DbException e, long? rows)
    {
        var message = e.Message.ReplaceLineEndings(" ");
        if (PasswordOf(options.Connection) is { Length: > 0 } password) message = message.Replace(password, "***");
        var after = rows is null ? "" : $" after {rows} rows";
        return options.Provider.IsAbsent(e) || rows is not null && e.InnerException is IOException
            ? new(SourceFault.Absent, $"{name}: the database cannot be reached{after}: {message}")
            : new(SourceFault.Configuration, $"{name}: the database refuses the query{after}: {message}");
    }

    static string? PasswordOf(string connection)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connection };
        return parts.TryGetValue("Password", out var password) || parts.TryGetValue("Pwd", out password) ? password as string : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (snapshot is not null) await snapshot.DisposeAsync();
        await connection.DisposeAsync();
    }
}
