using Dapper;
using Etl.Feeds;
using Etl.Normalise;
using Etl.Sources;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;
using Warehouse.Reference;

namespace Etl.Load;

/// <summary>What became of one part of a feed.</summary>
/// <param name="Error">Why nothing of it was loaded; null where it was.</param>
public sealed record PartOutcome(string Feed, string Record, string Part, BatchCounts Counts, IReadOnlyList<string> Notes, IReadOnlyList<string> Refused, SourceException? Error);

/// <summary>Loads what is new of one feed, each part in a transaction of its own together with the watermark it moves.</summary>
sealed class FeedLoad(Feed feed, Workspace workspace, Func<FeedRecord, ISource> open, Provinces provinces, Action<PartOutcome> done, Action<string, long, double?>? progress)
{
    readonly long sourceKey = LoadContext.SourceKeyOf(feed.Name);
    readonly LocalZone zone = new(feed.Zone);
    KeySet withheldTasks = new();

    public async Task RunAsync(CancellationToken cancel)
    {
        withheldTasks = await WithheldTasksAsync(workspace, sourceKey, cancel);
        foreach (var record in feed.Records.OrderBy(record => Order(record.Kind))) await LoadRecordAsync(record, cancel);
    }

    /// <summary>The tasks of a feed that were withheld as secret in the parts that were loaded.</summary>
    internal static async Task<KeySet> WithheldTasksAsync(Workspace workspace, long sourceKey, CancellationToken cancel)
    {
        var tasks = new KeySet();
        foreach (var key in await workspace.ReadAsync<long>("select task_key from raw.withheld_task where source_key = @sourceKey", new { sourceKey }, cancel)) tasks.Add(key);
        return tasks;
    }

    /// <summary>Agencies explain the names in tasks, and tasks tell whose events are secret.</summary>
    static int Order(RecordKind kind) => kind switch { RecordKind.Agency => 0, RecordKind.Task => 1, _ => 2 };

    async Task LoadRecordAsync(FeedRecord record, CancellationToken cancel)
    {
        var loaded = (await workspace.ReadAsync<string>("select identity_text from raw.batch where source_key = @sourceKey and record_code = @Name", new { sourceKey, record.Name }, cancel)).ToHashSet();
        var watermark = await workspace.ReadValueAsync<string>("select watermark from raw.watermark where source_key = @sourceKey and record_code = @Name", new { sourceKey, record.Name }, cancel);
        var wanted = record.Columns.SelectMany(column => column.From.Concat(column.Concat)).Distinct().ToList();
        var notes = new List<string>();
        var request = new PartRequest(record.Name, record.From, watermark, wanted, loaded.Contains) { Note = notes.Add };
        try
        {
            await using var source = open(record);
            await foreach (var part in source.FindPartsAsync(request, cancel))
                await using (part)
                    if (!loaded.Contains(part.Identity) && await LoadPartAsync(record, part, cancel)) loaded.Add(part.Identity);
        }
        catch (SourceException error)
        {
            done(new(feed.Name, record.Name, "", new(0, 0, 0, 0), [], [], error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            done(new(feed.Name, record.Name, "", new(0, 0, 0, 0), [], [], new(SourceFault.Absent, error.Message, error)));
        }
        if (notes.Count > 0) done(new(feed.Name, record.Name, "", new(0, 0, 0, 0), notes, [], null));
    }

    async Task<bool> LoadPartAsync(FeedRecord record, SourcePart part, CancellationToken cancel)
    {
        var loadKey = StableKey.Of("load", feed.Name, record.Name, part.Identity);
        BatchLoad? load = null;
        await using var transaction = await workspace.Connection.BeginTransactionAsync(cancel);
        try
        {
            var context = LoadContext.Create(feed, record, loadKey, provinces, zone);
            await using (var sink = new RowSink(workspace, cancel))
            {
                load = new BatchLoad(context, part, sink, withheldTasks);
                await load.RunAsync(rows => progress?.Invoke(part.Name, rows, part.Progress), cancel);
                if (part.IsWindow && load.Counts.Received == 0) return false;
                AddBatch(sink, context, part, load.Counts);
                await sink.CompleteAsync();
            }
            await new Superseding(workspace, sourceKey, loadKey).MarkAsync(record.Kind, cancel);
            await new TitleWords(workspace, loadKey).WriteAsync(record, cancel);
            await MoveWatermarkAsync(record, part, loadKey, cancel);
            await transaction.CommitAsync(cancel);
            done(new(feed.Name, record.Name, part.Name, load.Counts, [.. part.Notes], load.Reasons, null));
            return true;
        }
        catch (SourceException error)
        {
            await transaction.RollbackAsync(CancellationToken.None);
            // What the part withheld was not kept, so a later part has to say it again.
            withheldTasks = await WithheldTasksAsync(workspace, sourceKey, cancel);
            done(new(feed.Name, record.Name, part.Name, load?.Counts ?? new(0, 0, 0, 0), [.. part.Notes], load?.Reasons ?? [], error));
            return false;
        }
    }

    /// <summary>Writes the batch's own row: what it was and how many rows of it were kept.</summary>
    internal static void AddBatch(RowSink sink, LoadContext context, SourcePart part, BatchCounts counts)
    {
        if (counts.Received != counts.Accepted + counts.Quarantined + counts.Withheld)
            throw new InvalidOperationException($"{part.Name}: received {counts.Received} is not accepted {counts.Accepted} + quarantined {counts.Quarantined} + withheld {counts.Withheld}");
        var chunk = sink[RawTables.Batch];
        var table = RawTables.Batch;
        chunk.Set(table["load_key"], context.LoadKey);
        chunk.Set(table["source_key"], context.SourceKey);
        chunk.Set(table["record_code"], Utf8(context.Record.Name));
        chunk.Set(table["part_name"], Utf8(part.Name));
        chunk.Set(table["identity_text"], Utf8(part.Identity));
        if (part.Watermark is { } mark) chunk.Set(table["watermark"], Utf8(mark));
        chunk.Set(table["received_count"], counts.Received);
        chunk.Set(table["accepted_count"], counts.Accepted);
        chunk.Set(table["quarantined_count"], counts.Quarantined);
        chunk.Set(table["withheld_count"], counts.Withheld);
        if (part.ExtractDate is { } day) chunk.Set(table["extract_date"], ReferenceRows.DaysOf(day));
        else if (context.NewestDay > int.MinValue) chunk.Set(table["extract_date"], context.NewestDay);
        chunk.EndRow();
    }

    async Task MoveWatermarkAsync(FeedRecord record, SourcePart part, long loadKey, CancellationToken cancel)
    {
        if (part.Watermark is not { } watermark) return;
        await workspace.RunAsync("delete from raw.watermark where source_key = @sourceKey and record_code = @Name", new { sourceKey, record.Name }, cancel);
        await workspace.RunAsync("insert into raw.watermark (source_key, record_code, watermark, load_key) values (@sourceKey, @Name, @watermark, @loadKey)",
            new { sourceKey, record.Name, watermark, loadKey }, cancel);
    }

    static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
