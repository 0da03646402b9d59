using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Etl.Sources;

/// <summary>Settings of a database.</summary>
/// <param name="Query">May use @since, which is null at the first load.</param>
/// <param name="Watermark">Column whose greatest value is the next @since.</param>
sealed partial record SqlOptions(SqlProvider Provider, string Connection, string Query, string? Watermark, TimeSpan Timeout)
{
    public static readonly string[] Names = ["provider", "connection", "query", "watermark", "timeout_seconds", "attempts"];

    public static SqlOptions Bind(SourceSettings settings) => new(
        SqlProvider.Of(settings), settings.Required("connection"), settings.Required("query"), settings.Text("watermark"),
        settings.Seconds("timeout_seconds", 300));

    public bool UsesSince => Query.Contains("@since", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The query with "@since is null" answered. PostgreSQL takes a parameter's type from its first use, which in
    /// "@since is null or updated > @since" gives none, and refuses the query (42P08).
    /// </summary>
    public string QuerySince(string? since) => SinceIsNull().Replace(Query, test => test.Groups["not"].Success == (since is null) ? "1 = 0" : "1 = 1");

    [GeneratedRegex(@"@since\s+is\s+(?<not>not\s+)?null\b", RegexOptions.IgnoreCase)]
    private static partial Regex SinceIsNull();
}

/// <summary>
/// A database, read through a query. A record's window since the watermark is one part. All of its rows are fetched and put aside
/// before the part is delivered: only then is it known whether they were loaded before, and the system's connection is given back
/// at once, however long the rows then wait. So any query will do, it runs once, and the source system keeps nothing for us.
/// </summary>
/// <remarks>Identity: "since=…;rows=…;sha256=…", the hash being over the rows' texts in whatever order they come.</remarks>
public sealed class SqlDatabase : ISource
{
    const int UsualAttempts = 3;

    readonly IReadOnlyDictionary<string, string> settings;

    /// <param name="settings">Of the feed's source; a record's own are added to them and win.</param>
    /// <exception cref="SourceException">A setting is unknown.</exception>
    public SqlDatabase(IReadOnlyDictionary<string, string> settings)
    {
        Attempts = new SourceSettings("source sql", SqlOptions.Names, settings).Number("attempts", UsualAttempts, least: 1);
        this.settings = settings;
    }

    /// <inheritdoc/>
    public int Attempts { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourcePart> FindPartsAsync(PartRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var options = SqlOptions.Bind(new($"source sql › record {request.Record}", SqlOptions.Names, settings, request.From));
        var since = options.UsesSince ? request.Watermark : null;
        var name = $"query '{request.Record}'{(since is null ? "" : $" since {since}")}";
        var spool = new RowSpool();
        SqlPart? part = null;
        try
        {
            SqlWindow window;
            await using (var session = await SqlSession.OpenAsync(options, name, since, cancel)) window = await SqlWindow.FetchAsync(session, spool, cancel);
            var identity = $"since={since};rows={window.Rows};sha256={window.Hash}";
            if (!request.IsLoaded(identity)) part = new SqlPart(name, identity, options.Watermark, window, spool);
        }
        finally
        {
            if (part is null) await spool.DisposeAsync();
        }
        if (part is not null) yield return part;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
