using System.Collections.Concurrent;
using Etl.Feeds;
using Etl.Sources;

namespace Etl.Load;

/// <summary>
/// Which systems are down. After some absent answers in a row a system is left alone for a while: it is not hammered, and
/// the other systems are not kept waiting for it. What was left alone is told, and tried again when the while is over.
/// </summary>
/// <remarks>Counts in a row, not a share of calls in a span of time as Polly's does: one record may need minutes to fail.</remarks>
public sealed class Circuits(TimeProvider time)
{
    /// <summary>Absent answers in a row after which a system counts as down.</summary>
    public const int Patience = 2;

    /// <summary>For how long it is left alone.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset LeftAloneUntil)> systems = new();

    /// <summary>Why a feed's system is not asked now; null where it may be asked.</summary>
    public SourceException? RefusalOf(Feed feed)
    {
        if (!systems.TryGetValue(KeyOf(feed), out var known) || known.Failures < Patience) return null;
        var left = known.LeftAloneUntil - time.GetUtcNow();
        return left <= TimeSpan.Zero ? null : new(SourceFault.Absent,
            FormattableString.Invariant($"the system '{feed.System}' is down: it was absent {known.Failures} times in a row and is left alone for {Math.Ceiling(left.TotalMinutes)} more minutes")) { Attempts = 0 };
    }

    /// <summary>After how many absent answers in a row from now on a system is left alone; 0 where it is already.</summary>
    public int PatienceWith(Feed feed) =>
        RefusalOf(feed) is not null ? 0 : systems.TryGetValue(KeyOf(feed), out var known) ? Math.Max(1, Patience - known.Failures) : Patience;

    /// <summary>Takes note of how a system answered.</summary>
    public void Note(Feed feed, SourceException? failure)
    {
        if (failure is { Fault: SourceFault.Absent })
            systems.AddOrUpdate(KeyOf(feed), (1, After()), (_, known) => (known.Failures + 1, After()));
        else systems.TryRemove(KeyOf(feed), out _);
    }

    DateTimeOffset After() => time.GetUtcNow() + Rest;

    /// <summary>One system may be read in several ways, of which one can be down.</summary>
    internal static string KeyOf(Feed feed) => $"{feed.Kind} {feed.System}";
}
