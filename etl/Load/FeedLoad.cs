using System.Globalization;
using Etl.Feeds;
using Etl.Normalise;
using Etl.Sources;
using Warehouse.Engines;
using Warehouse.Raw;
using Warehouse.Reference;
using Warehouse.Runs;

namespace Etl.Load;

/// <summary>What became of one part of a feed.</summary>
/// <param name="Part">Empty where it is told of the record as a whole: nothing new was found, or its source failed.</param>
/// <param name="Error">Why nothing of it was loaded; null where it was.</param>
public sealed record PartOutcome(string Feed, string Record, string Part, BatchCounts Counts, IReadOnlyList<string> Notes, IReadOnlyList<string> Refused, SourceException? Error)
{
    /// <summary>Only its notes matter; what was done is told by others.</summary>
    public bool IsRemark { get; init; }

    /// <summary>One of <see cref="RunOutcome"/>. Nothing of a part that failed was kept, whatever its counts say of how far it was read.</summary>
    public string Outcome => Error is not null ? Attempts == 0 ? RunOutcome.LeftAlone : RunOutcome.Failed : Part.Length > 0 ? RunOutcome.Loaded : RunOutcome.NothingNew;

    /// <summary>Of the batch; 0 where nothing was loaded.</summary>
    public long LoadKey { get; init; }

    /// <summary>Accepted rows that told nothing new and so were not kept again.</summary>
    public long Unchanged { get; init; }

    /// <summary>How often its source was asked; 0 where it was left alone because its system is down.</summary>
    public int Attempts { get; init; } = 1;

    public DateTimeOffset Started { get; init; }

    public TimeSpan Elapsed { get; init; }
}

/// <summary>Loads what is new of one feed, record by record.</summary>
sealed class FeedLoad(Feed feed, IReadOnlyList<Inquiry> inquiries, Workspace workspace, Provinces provinces, LoadTimes times, Action<PartOutcome> done, Action<string, long, double?>? progress)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        var (withheld, zone) = (new WithheldTasks(workspace, LoadContext.SourceKeyOf(feed.Name)), new LocalZone(feed.Zone));
        await withheld.ReadAsync(cancel);
        foreach (var inquiry in inquiries) await new RecordLoad(inquiry, workspace, withheld, provinces, zone, times, done, progress).RunAsync(cancel);
    }

    /// <summary>Writes the batch's own row: what it was and how many rows of it were kept.</summary>
    internal static void AddBatch(RowSink sink, LoadContext context, SourcePart part, string identity, BatchCounts counts)
    {
        if (counts.Received != counts.Accepted + counts.Quarantined + counts.Withheld)
            throw new InvalidOperationException($"{part.Name}: received {counts.Received} is not accepted {counts.Accepted} + quarantined {counts.Quarantined} + withheld {counts.Withheld}");
        var chunk = sink[RawTables.Batch];
        var table = RawTables.Batch;
        chunk.Set(table["load_key"], context.LoadKey);
        chunk.Set(table["source_key"], context.SourceKey);
        chunk.Set(table["record_code"], Utf8(context.Record.Name));
        chunk.Set(table["part_name"], Utf8(part.Name));
        chunk.Set(table["identity_text"], Utf8(identity));
        chunk.Set(table["list_name"], Utf8(ListOf(context.Record, part)));
        chunk.Set(table["unchanged_count"], 0);
        if (part.Watermark is { } mark) chunk.Set(table["watermark"], Utf8(mark));
        chunk.Set(table["received_count"], counts.Received);
        chunk.Set(table["accepted_count"], counts.Accepted);
        chunk.Set(table["quarantined_count"], counts.Quarantined);
        chunk.Set(table["withheld_count"], counts.Withheld);
        if (part.ExtractDate is { } day) chunk.Set(table["extract_date"], ReferenceRows.DaysOf(day));
        else if (context.NewestDay > int.MinValue) chunk.Set(table["extract_date"], context.NewestDay);
        chunk.EndRow();
    }

    /// <summary>What successive extracts deliver anew: the part's name without the day of its extract; of windows the record.</summary>
    static string ListOf(FeedRecord record, SourcePart part) => part switch
    {
        { IsWindow: true } => record.Name,
        { ExtractDate: { } day } => part.Name
            .Replace(day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), "", StringComparison.Ordinal)
            .Replace(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "", StringComparison.Ordinal),
        _ => part.Name,
    };

    static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
