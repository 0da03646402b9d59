using System.Runtime.CompilerServices;

namespace Etl.Sources;

/// <summary>
/// A REST API that answers JSON, page by page. A record's window since the watermark is one part. All of its pages are
/// fetched, put aside and checked before the part is delivered: only then is it known whether it was loaded before, and
/// no load is left half done by a server that goes away.
/// </summary>
/// <remarks>Identity: "since=…;sha256=…", the hash being over the extract's day and every item as received. What an answer holds besides (the server's time, a request number) does not make it a new one.</remarks>
public sealed class RestApi : ISource
{
    readonly IReadOnlyDictionary<string, string> settings;
    readonly TimeProvider clock;
    readonly int seed;
    readonly TimeSpan pause;
    readonly HttpClient http = new(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <param name="settings">Of the feed's source; a record's own are added to them and win.</param>
    /// <param name="seed">Of the jitter between attempts.</param>
    /// <param name="pause">Before the second attempt (1 s); doubled before each further one.</param>
    /// <exception cref="SourceException">A setting is unknown.</exception>
    public RestApi(IReadOnlyDictionary<string, string> settings, TimeProvider? clock = null, int seed = 0, TimeSpan? pause = null)
    {
        _ = new SourceSettings("source rest", RestOptions.Names, settings);
        (this.settings, this.clock, this.seed, this.pause) = (settings, clock ?? TimeProvider.System, seed, pause ?? TimeSpan.FromSeconds(1));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourcePart> FindPartsAsync(PartRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var options = RestOptions.Bind(new($"source rest › record {request.Record}", RestOptions.Names, settings, request.From));
        var since = options.Since is null ? null : request.Watermark;
        var name = $"GET {options.Path}{(since is null ? "" : $" since {since}")}";
        var window = new RestWindow(name, options, since, new RestClient(http, options, clock, seed, pause));
        var spool = new PageSpool();
        RestPart? part = null;
        try
        {
            await window.FetchAsync(spool, cancel);
            if (!request.IsLoaded(window.Identity)) part = new RestPart(name, window, spool, options, request.Wanted);
        }
        finally
        {
            if (part is null) await spool.DisposeAsync();
        }
        if (part is not null) yield return part;
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }
}
