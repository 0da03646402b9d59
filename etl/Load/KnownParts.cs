using Etl.Feeds;
using Etl.Sources;
using Warehouse.Engines;

namespace Etl.Load;

/// <summary>
/// What of one record was loaded before, and how far. Files are known by their content for ever, of windows only the one that
/// was loaded last.
/// </summary>
sealed class KnownParts
{
    readonly bool readsWindows;
    readonly HashSet<string> identities;

    KnownParts(bool readsWindows, HashSet<string> identities, Windows windows, string? watermark)
    {
        (this.readsWindows, this.identities) = (readsWindows, identities);
        (Windows, Watermark) = (windows, watermark);
    }

    public Windows Windows { get; }

    /// <summary>The greatest that was committed; null before the first load or where the record has none.</summary>
    public string? Watermark { get; private set; }

    public static async Task<KnownParts> ReadAsync(Workspace workspace, Feed feed, FeedRecord record, CancellationToken cancel)
    {
        var of = new { sourceKey = LoadContext.SourceKeyOf(feed.Name), record.Name };
        var identities = (await workspace.ReadAsync<string>("select identity_text from raw.batch where source_key = @sourceKey and record_code = @Name", of, cancel)).ToHashSet();
        var windows = await Windows.ReadAsync(workspace, of.sourceKey, record.Name, identities, cancel);
        var watermark = await workspace.ReadValueAsync<string>("select watermark from raw.watermark where source_key = @sourceKey and record_code = @Name", of, cancel);
        return new(feed.ReadsWindows, identities, windows, watermark);
    }

    /// <summary>Whether a part brings nothing new. Which of the two it is can be told from its source.</summary>
    public bool Has(string identity) => readsWindows ? Windows.IsLoaded(identity) : identities.Contains(identity);

    /// <summary>The identity under which a part is kept.</summary>
    public string IdentityOf(SourcePart part) => part.IsWindow ? Windows.IdentityOf(part.Identity) : part.Identity;

    /// <summary>Takes note of a part that was committed.</summary>
    public void Committed(SourcePart part)
    {
        identities.Add(IdentityOf(part));
        if (part.IsWindow) Windows.Loaded(part.Identity);
        Watermark = part.Watermark ?? Watermark;
    }
}
