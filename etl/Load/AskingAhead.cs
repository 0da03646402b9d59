using Etl.Feeds;
using Etl.Sources;
using Warehouse.Engines;

namespace Etl.Load;

/// <summary>
/// Asks the sources of the next feeds while rows of those before are loaded, where answers come from another system: slow systems are waited
/// for together, not one after another. What they answer lies in temporary files until its turn comes, so rows are
/// loaded in the order of the feeds, whoever answers first.
/// </summary>
/// <remarks>
/// A system is asked one thing at a time, and no more than its turn would ask it: after as many absent answers in a row as
/// <see cref="Circuits"/> bear it is left alone. Only feeds near their turn are asked, so that answers lie only so long, and so many of them.
/// </remarks>
/// <param name="feeds">All, in the order of their turns.</param>
/// <param name="most">How many feeds are asked ahead of the one whose turn it is; 0 asks each record when its turn comes.</param>
sealed class AskingAhead(IReadOnlyList<Feed> feeds, int most, Workspace workspace, Func<Feed, FeedRecord, ISource> open, Circuits circuits, CancellationToken cancel) : IAsyncDisposable
{
    readonly Queue<Feed> coming = new(most == 0 ? [] : feeds.Where(feed => feed.ReadsWindows));
    readonly Dictionary<string, IReadOnlyList<Inquiry>> asked = [];
    readonly Dictionary<string, Line> lines = [];
    readonly CancellationTokenSource given = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    IReadOnlyList<Inquiry> inTurn = [];

    /// <summary>What to ask of a feed, record by record, now that its turn has come.</summary>
    /// <remarks>Reads of the workspace what is known of the feeds that are asked from now on; nothing else may work in it meanwhile.</remarks>
    public async Task<IReadOnlyList<Inquiry>> TurnOfAsync(Feed feed)
    {
        await DisposeAsync(inTurn);
        inTurn = [];
        if (coming.TryPeek(out var first) && ReferenceEquals(first, feed)) await AskAsync(coming.Dequeue());
        inTurn = asked.Remove(feed.Name, out var inquiries) ? inquiries : await InquiriesAsync(feed);
        while (asked.Count < most && coming.TryDequeue(out var next)) await AskAsync(next);
        return inTurn;
    }

    async Task AskAsync(Feed feed)
    {
        var inquiries = asked[feed.Name] = await InquiriesAsync(feed);
        if (!lines.TryGetValue(Circuits.KeyOf(feed), out var line)) lines[Circuits.KeyOf(feed)] = line = new(circuits.PatienceWith(feed));
        foreach (var inquiry in inquiries) inquiry.Asking = line.Ask(inquiry, given.Token);
    }

    async Task<IReadOnlyList<Inquiry>> InquiriesAsync(Feed feed)
    {
        var inquiries = new List<Inquiry>();
        foreach (var record in feed.Records.OrderBy(record => Order(record.Kind))) inquiries.Add(new(feed, record, await KnownParts.ReadAsync(workspace, feed, record, cancel), open));
        return inquiries;
    }

    /// <summary>Agencies explain the names in tasks, and tasks tell whose events are secret.</summary>
    static int Order(RecordKind kind) => kind switch { RecordKind.Agency => 0, RecordKind.Task => 1, _ => 2 };

    /// <summary>Gives up what was asked and not come to.</summary>
    public async ValueTask DisposeAsync()
    {
        await given.CancelAsync();
        foreach (var inquiries in asked.Values.Prepend(inTurn)) await DisposeAsync(inquiries);
        given.Dispose();
    }

    static async Task DisposeAsync(IEnumerable<Inquiry> inquiries)
    {
        foreach (var inquiry in inquiries) await inquiry.DisposeAsync();
    }

    /// <summary>What one system is asked, one after another.</summary>
    /// <param name="patience">Absent answers in a row that are borne from now on.</param>
    sealed class Line(int patience)
    {
        Task last = Task.CompletedTask;

        public Task Ask(Inquiry inquiry, CancellationToken cancel)
        {
            var before = last;
            // On a thread of its own: some databases answer only while their callers wait.
            return last = Task.Run(async () =>
            {
                await before;
                if (patience == 0) return;
                var failure = await inquiry.AskAsync(cancel);
                patience = failure is { Fault: SourceFault.Absent } ? patience - 1 : Circuits.Patience;
            }, CancellationToken.None);
        }
    }
}
