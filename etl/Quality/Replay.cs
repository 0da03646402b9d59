using System.Text.Json;
using Etl.Commands;
using Etl.Feeds;
using Etl.Load;
using Etl.Normalise;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;
using Warehouse.Reference;
using Warehouse.Wording;

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
        foreach (var (key, file) in corrections.Rows.ToList()) await CheckAsync(key, file, corrections, cancel);
        foreach (var feed in feeds)
            foreach (var record in feed.Records)
                foreach (var part in (await OpenRowsAsync(feed, record, cancel)).Where(row => MayBeRead(row, corrections)).GroupBy(row => (row.Part, row.ExtractDate)))
                    if (await ReplayAsync(feed, record, [.. part], corrections, cancel) is { } outcome) outcomes.Add(outcome);
        return outcomes;
    }

    /// <summary>Says what is wrong with a correction that could never be applied; one that was applied before is only put away.</summary>
    async Task CheckAsync(long key, string file, Corrections corrections, CancellationToken cancel)
    {
        if ((await workspace.ReadAsync<long>("select quarantine_key from raw.quarantine_resolved where quarantine_key = @key", new { key }, cancel)).Any())
        {
            corrections.Applied(key);
            return;
        }
        var received = (await workspace.ReadAsync<string?>("select received_row from raw.quarantine where quarantine_key = @key", new { key }, cancel)).ToList();
        if (received.Count == 0) throw new WrongUseException($"{file}: there is no row {key} in quarantine; 'quarantine list' tells the keys");
        if (received[0] is not { } row) throw new WrongUseException($"{file}: the content of row {key} was not kept, for it may be secret; correct it at its source");
        using var fields = JsonDocument.Parse(row);
        var columns = fields.RootElement.EnumerateObject().Select(field => field.Name).ToList();
        if (corrections.Of(key).Keys.FirstOrDefault(column => !columns.Contains(column)) is { } unknown)
            throw new WrongUseException($"{file}: row {key} has no column '{unknown}'; {Nearest.Hint(unknown, columns)}");
    }

    /// <summary>What was wrong with these rows cannot be seen in one of them alone: without a correction they stay refused.</summary>
    static bool MayBeRead(StoredRow row, Corrections corrections) =>
        row.RuleCode is not (Rule.Malformed or Rule.DuplicateKey) || corrections.Of(row.QuarantineKey).Count > 0;

    Task<IEnumerable<StoredRow>> OpenRowsAsync(Feed feed, FeedRecord record, CancellationToken cancel) => workspace.ReadAsync<StoredRow>(
        """
        select quarantine.quarantine_key as QuarantineKey, quarantine.row_no as RowNo, quarantine.rule_code as RuleCode, batch.part_name as Part,
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
        await using var transaction = await workspace.BeginAsync(cancel);
        await using var part = new ReplayPart(stored, corrections, identity);
        var context = LoadContext.Create(feed, record, loadKey, provinces, new LocalZone(feed.Zone));
        var accepted = new List<long>();
        await using (var sink = new RowSink(workspace, cancel))
        {
            var withheld = new WithheldTasks(workspace, context.SourceKey);
            await withheld.ReadAsync(cancel);
            var load = new BatchLoad(context, part, sink, withheld.Keys) { KeepsRefused = false, Kept = ordinal => accepted.Add(part.RowAt(ordinal).QuarantineKey) };
            await load.RunAsync(null, cancel);
            foreach (var key in accepted) Resolve(sink, key, loadKey);
            FeedLoad.AddBatch(sink, context, part, identity, load.Counts);
            await sink.CompleteAsync();
            if (accepted.Count > 0)
            {
                await new Superseding(workspace, context.SourceKey, loadKey).MarkAsync(record, cancel);
                await new TitleWords(workspace, loadKey).WriteAsync(record, cancel);
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
