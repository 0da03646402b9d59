using Etl.Feeds;
using Etl.Normalise;
using Etl.Sources;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Reference;

namespace Etl.Load;

/// <summary>Loads what is new of one record of a feed, each part in a transaction of its own together with the watermark it moves.</summary>
sealed class RecordLoad(
    Inquiry inquiry, Workspace workspace, WithheldTasks withheld, Provinces provinces, LocalZone zone,
    LoadTimes times, Action<PartOutcome> done, Action<string, long, double?>? progress)
{
    /// <summary>Of so many rows the keys and buffers take more memory than collecting them takes time.</summary>
    const int Many = 500_000;

    readonly Feed feed = inquiry.Feed;
    readonly FeedRecord record = inquiry.Record;
    readonly KnownParts known = inquiry.Known;
    readonly long sourceKey = LoadContext.SourceKeyOf(inquiry.Feed.Name);
    int attempt, told;
    string? victim;
    SourceException? failure;

    public async Task RunAsync(CancellationToken cancel)
    {
        if (times.Circuits.RefusalOf(feed) is { } refusal)
        {
            done(Outcome("", refusal) with { Attempts = 0, Started = times.Time.GetUtcNow() });
            return;
        }
        var (started, start) = (times.Time.GetUtcNow(), times.Time.GetTimestamp());
        try
        {
            await TryAsync(cancel);
        }
        catch (SourceException error)
        {
            failure = error;
            Tell(Outcome("", error), started, start);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            failure = new(SourceFault.Absent, error.Message, error);
            Tell(Outcome("", failure), started, start);
        }
        times.Circuits.Note(feed, failure);
        IReadOnlyList<string> notes = victim is null ? inquiry.Notes : [.. inquiry.Notes, victim];
        if (notes.Count > 0 || told == 0) Tell(Outcome("", null) with { Notes = notes, IsRemark = told > 0 }, started, start);
    }

    async Task TryAsync(CancellationToken cancel)
    {
        await inquiry.Asking.WaitAsync(cancel);
        await times.Retrying(inquiry.Source.Attempts).ExecuteAsync(async token =>
        {
            (attempt, failure) = (attempt + 1, null);
            try
            {
                await LoadPartsAsync(token);
            }
            catch (Exception error) when (victim is null && workspace.DeadlockBehind(error) is { } deadlock)
            {
                victim = $"was the victim of a deadlock and tried once more: {deadlock.Message.ReplaceLineEndings(" ")}";
                await withheld.ReadAsync(token);
                await LoadPartsAsync(token);
            }
        }, cancel);
    }

    async Task LoadPartsAsync(CancellationToken cancel)
    {
        await foreach (var part in inquiry.PartsAsync(cancel))
            if (!known.Has(part.Identity)) await LoadPartAsync(part, isLast: attempt >= inquiry.Source.Attempts, cancel);
    }

    /// <param name="isLast">A failure that may pass is told only when no attempt is left.</param>
    async Task LoadPartAsync(SourcePart part, bool isLast, CancellationToken cancel)
    {
        var identity = known.IdentityOf(part);
        var loadKey = StableKey.Of("load", feed.Name, record.Name, identity);
        var (started, start) = (times.Time.GetUtcNow(), times.Time.GetTimestamp());
        BatchLoad? load = null;
        await using var transaction = await workspace.BeginAsync(cancel);
        try
        {
            var context = LoadContext.Create(feed, record, loadKey, provinces, zone);
            if (part.IsWindow && await NewestDayAsync(cancel) is { } day) context.Happened((int)ReferenceRows.DaysOf(day));
            await using (var sink = new RowSink(workspace, cancel))
            {
                load = new BatchLoad(context, part, sink, withheld.Keys);
                await load.RunAsync(rows => progress?.Invoke(part.Name, rows, part.Progress), cancel);
                if (part.IsWindow && load.Counts.Received == 0) return;
                FeedLoad.AddBatch(sink, context, part, identity, load.Counts);
                if (part.IsWindow) known.Windows.Number(sink, context);
                await sink.CompleteAsync();
            }
            workspace.Milestones.Reach(Milestone.PartRead);
            if (load.Counts.Received >= Many) Loader.GiveBack();
            // Sets are worked on until the rows of the next part come.
            await workspace.ArrangeForRowsAsync(comeNext: false, cancel);
            var unchanged = await Redelivery.SettleAsync(workspace, record, sourceKey, loadKey, part.IsWindow, cancel);
            await new Superseding(workspace, sourceKey, loadKey).MarkAsync(record, cancel);
            await new TitleWords(workspace, loadKey).WriteAsync(record, cancel);
            await workspace.ArrangeForRowsAsync(comeNext: true, cancel);
            await MoveWatermarkAsync(part, loadKey, cancel);
            workspace.Milestones.Reach(Milestone.PartSettled);
            await transaction.CommitAsync(cancel);
            workspace.Milestones.Reach(Milestone.PartCommitted);
            known.Committed(part);
            Tell(Outcome(part.Name, null, load) with { Unchanged = unchanged, LoadKey = loadKey, Notes = [.. part.Notes], Attempts = Math.Max(attempt, part.Attempts) }, started, start);
        }
        catch (SourceException error)
        {
            await transaction.RollbackAsync(CancellationToken.None);
            await withheld.ReadAsync(cancel);
            failure = error;
            if (error.MayPass && !isLast) throw;
            Tell(Outcome(part.Name, error, load) with { Notes = [.. part.Notes] }, started, start);
        }
    }

    /// <summary>The newest day that a window of the record was of: a later one is of no earlier day, whatever its rows say.</summary>
    Task<DateOnly?> NewestDayAsync(CancellationToken cancel) => workspace.ReadValueAsync<DateOnly?>(
        "select max(batch.extract_date) from raw.batch join raw.load_window on batch.load_key = load_window.load_key where batch.source_key = @sourceKey and batch.record_code = @Name",
        new { sourceKey, record.Name }, cancel);

    async Task MoveWatermarkAsync(SourcePart part, long loadKey, CancellationToken cancel)
    {
        if (part.Watermark is not { } watermark) return;
        await workspace.RunAsync("delete from raw.watermark where source_key = @sourceKey and record_code = @Name", new { sourceKey, record.Name }, cancel);
        await workspace.RunAsync("insert into raw.watermark (source_key, record_code, watermark, load_key) values (@sourceKey, @Name, @watermark, @loadKey)",
            new { sourceKey, record.Name, watermark, loadKey }, cancel);
    }

    PartOutcome Outcome(string part, SourceException? error, BatchLoad? load = null) =>
        new(feed.Name, record.Name, part, load?.Counts ?? new(0, 0, 0, 0), [], load?.Reasons ?? [], error) { Attempts = Math.Max(Math.Max(1, attempt), error?.Attempts ?? 1) };

    void Tell(PartOutcome outcome, DateTimeOffset started, long start)
    {
        told++;
        done(outcome with { Started = started, Elapsed = times.Time.GetElapsedTime(start) });
    }
}
