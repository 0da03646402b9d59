using Etl.Feeds;
using Etl.Load;
using Etl.Normalise;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;
using Warehouse.Reference;

namespace Etl.Quality;

/// <summary>
/// Loads quarantined rows again. Those that the feed accepts now become a batch of their own; the others stay as they
/// are. What was received is never changed: a correction is told from it for ever.
/// </summary>
sealed class Replay(Workspace workspace, Provinces provinces)
{
    public async Task<IReadOnlyList<PartOutcome>> RunAsync(IReadOnlyList<Feed> feeds, Corrections corrections, CancellationToken cancel)
    {
        var outcomes = new List<PartOutcome>();
        foreach (var feed in feeds)
            foreach (var record in feed.Records)
                foreach (var part in (await OpenRowsAsync(feed, record, cancel)).GroupBy(row => (row.Part, row.ExtractDate)))
                    if (await ReplayAsync(feed, record, [.. part], corrections, cancel) is { } outcome) outcomes.Add(outcome);
        return outcomes;
    }

    Task<IEnumerable<StoredRow>> OpenRowsAsync(Feed feed, FeedRecord record, CancellationToken cancel) => workspace.ReadAsync<StoredRow>(
        """
        select quarantine.quarantine_key as QuarantineKey, quarantine.row_no as RowNo, batch.part_name as Part,
            quarantine.received_row as ReceivedRow, batch.extract_date as ExtractDate
        from raw.quarantine
        join raw.batch on quarantine.load_key = batch.load_key
        left join raw.quarantine_resolved on quarantine.quarantine_key = quarantine_resolved.quarantine_key
        where quarantine_resolved.quarantine_key is null and quarantine.received_row is not null
            and quarantine.source_key = @sourceKey and quarantine.record_code = @Name
        order by batch.part_name, quarantine.row_no, quarantine.quarantine_key
        """, new { sourceKey = LoadContext.SourceKeyOf(feed.Name), record.Name }, cancel);

    async Task<PartOutcome?> ReplayAsync(Feed feed, FeedRecord record, IReadOnlyList<StoredRow> stored, Corrections corrections, CancellationToken cancel)
    {
        var identity = IdentityOf(stored, corrections);
        var loadKey = StableKey.Of("load", feed.Name, record.Name, identity);
        await using var transaction = await workspace.Connection.BeginTransactionAsync(cancel);
        await using var part = new ReplayPart(stored, corrections, identity);
        var context = LoadContext.Create(feed, record, loadKey, provinces, new LocalZone(feed.Zone));
        var accepted = new List<long>();
        await using (var sink = new RowSink(workspace, cancel))
        {
            var load = new BatchLoad(context, part, sink, new KeySet()) { KeepsRefused = false, Kept = ordinal => accepted.Add(part.RowAt(ordinal).QuarantineKey) };
            await load.RunAsync(null, cancel);
            foreach (var key in accepted) Resolve(sink, key, loadKey);
            FeedLoad.AddBatch(sink, context, part, load.Counts);
            await sink.CompleteAsync();
            if (accepted.Count > 0)
            {
                await new Superseding(workspace, context.SourceKey, loadKey).MarkAsync(record.Kind, cancel);
                await transaction.CommitAsync(cancel);
                accepted.ForEach(corrections.Applied);
                return new(feed.Name, record.Name, part.Name, load.Counts, [], [], null);
            }
        }
        await transaction.RollbackAsync(cancel);
        return null;
    }

    static void Resolve(RowSink sink, long quarantineKey, long loadKey)
    {
        var chunk = sink[RawTables.QuarantineResolved];
        chunk.Set(0, quarantineKey);
        chunk.Set(1, loadKey);
        chunk.EndRow();
    }

    /// <summary>Of the rows and what was corrected in them, so that the same replay again is the same batch.</summary>
    static string IdentityOf(IReadOnlyList<StoredRow> stored, Corrections corrections)
    {
        var chain = stored.Aggregate(StableKey.Chain(0, "replay"u8), (hash, row) => corrections.Of(row.QuarantineKey).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Aggregate(StableKey.Chain(hash, row.QuarantineKey), (inner, pair) => StableKey.Chain(StableKey.Chain(inner, System.Text.Encoding.UTF8.GetBytes(pair.Key)), System.Text.Encoding.UTF8.GetBytes(pair.Value))));
        return FormattableString.Invariant($"replay={StableKey.Seal(chain):x}");
    }
}
