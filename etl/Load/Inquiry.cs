using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Etl.Feeds;
using Etl.Sources;

namespace Etl.Load;

/// <summary>
/// What a record's source is asked: which parts may hold rows not loaded yet? It may be asked ahead of the record's turn (<see cref="AskingAhead"/>);
/// the answer is then kept until the turn comes, a failure too, which counts as the first attempt.
/// </summary>
/// <param name="open">Makes the source from the feed's settings.</param>
sealed class Inquiry(Feed feed, FeedRecord record, KnownParts known, Func<Feed, FeedRecord, ISource> open) : IAsyncDisposable
{
    readonly List<string> wanted = [.. record.Columns.SelectMany(column => column.From.Concat(column.Concat)).Distinct()];
    ISource? source;
    Answer? ahead;

    public Feed Feed => feed;

    public FeedRecord Record => record;

    public KnownParts Known => known;

    /// <summary>Never fails, and is done when the answer is here or was not asked for ahead: only then is the turn this record's.</summary>
    public Task Asking { get; set; } = Task.CompletedTask;

    /// <summary>What the source says of its parts; it says so anew each time that it is asked.</summary>
    public List<string> Notes { get; } = [];

    /// <exception cref="SourceException">The feed's settings make no source.</exception>
    public ISource Source => source ??= open(feed, record);

    /// <summary>Asks for the first part, and keeps the answer. What fails is told when the parts are asked for.</summary>
    /// <returns>What failed at the source; null where it answered.</returns>
    public async Task<SourceException?> AskAsync(CancellationToken cancel)
    {
        IAsyncEnumerator<SourcePart>? parts = null;
        try
        {
            parts = Source.FindPartsAsync(Request(), cancel).GetAsyncEnumerator(cancel);
            ahead = new(parts, await parts.MoveNextAsync(), null);
            return null;
        }
        catch (Exception failure)
        {
            ahead = new(parts, false, ExceptionDispatchInfo.Capture(failure));
            return failure as SourceException;
        }
    }

    /// <summary>The parts, oldest first: the answer that was kept, once; after that the source is asked.</summary>
    public async IAsyncEnumerable<SourcePart> PartsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var (kept, parts) = (ahead, ahead?.Parts);
        ahead = null;
        if (kept is null) Notes.Clear();
        parts ??= Source.FindPartsAsync(Request(), cancel).GetAsyncEnumerator(cancel);
        await using (parts)
        {
            kept?.Failure?.Throw();
            for (var more = kept?.HasFirst ?? await parts.MoveNextAsync(); more; more = await parts.MoveNextAsync())
                await using (parts.Current) yield return parts.Current;
        }
    }

    PartRequest Request() => new(record.Name, record.From, known.Watermark, wanted, known.Has) { Note = Notes.Add };

    /// <summary>Lets go of the source, and of an answer that nobody came for.</summary>
    public async ValueTask DisposeAsync()
    {
        await Asking;
        if (ahead is { Parts: { } parts } answer)
        {
            if (answer.HasFirst) await parts.Current.DisposeAsync();
            await parts.DisposeAsync();
        }
        if (source is not null) await source.DisposeAsync();
    }

    /// <param name="Parts">Null where there is no source to ask.</param>
    /// <param name="HasFirst">The first part was found and stands at <see cref="IAsyncEnumerator{T}.Current"/>.</param>
    sealed record Answer(IAsyncEnumerator<SourcePart>? Parts, bool HasFirst, ExceptionDispatchInfo? Failure);
}
