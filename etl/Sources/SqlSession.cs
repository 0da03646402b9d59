using System.Data.Common;
using Etl.Feeds;
using Warehouse.Wording;

namespace Etl.Sources;

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

    /// <summary>Runs the query.</summary>
    public async Task<SqlRows> QueryAsync(CancellationToken cancel)
    {
        var command = connection.CreateCommand();
        try
        {
            command.CommandText = options.QuerySince(since);
            command.CommandTimeout = (int)Math.Ceiling(options.Timeout.TotalSeconds);
            command.Transaction = snapshot;
            if (options.UsesSince) command.Parameters.Add(options.Provider.Since(since));
            var rows = new SqlRows(command, await command.ExecuteReaderAsync(cancel), (e, read) => Failed(options, name, e, read));
            _ = ColumnNames.Of(name, rows.Columns);
            if (options.Watermark is { } watermark && !rows.Columns.Contains(watermark))
                throw new SourceException(SourceFault.Configuration,
                    $"{name}: has no column '{watermark}' (watermark); {Nearest.Hint(watermark, rows.Columns)}");
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
        var message = options.Provider.Told(e).ReplaceLineEndings(" ");
        if (PasswordOf(options.Connection) is { Length: > 0 } password) message = message.Replace(password, "***");
        var after = rows is null ? "" : $" after {rows} rows";
        return options.Provider.IsAbsent(e) || rows is not null && e.InnerException is IOException
            ? new(SourceFault.Absent, $"{name}: the database cannot be reached{after}: {message}") { MayPass = options.Provider.MayPass(e) || e.InnerException is IOException }
            : new(SourceFault.Configuration, $"{name}: the database refuses{after}: {message}");
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
