using System.Text;
using Etl.Feeds;
using Etl.Normalise;
using Warehouse.Engines;
using Warehouse.Keys;
using Warehouse.Raw;

namespace Etl.Load;

/// <summary>
/// Writes the different words in the titles of a load's programme tasks, so that SQL can tell by shared words which
/// withdrawn task stands in the next year's programme again (S2-15): engines fold and split text differently, C# does not.
/// </summary>
sealed class TitleWords(Workspace workspace, long loadKey)
{
    const int ChunkRows = 2048;

    public async Task WriteAsync(FeedRecord record, CancellationToken cancel)
    {
        if (record.Kind != RecordKind.Task || (record.Column("programme") is null && record.Column("programme_year") is null)) return;
        var titles = (await workspace.ReadAsync<(long Task, string Title)>(
            "select task_key, title from raw.task where load_key = @loadKey and programme_key is not null and title is not null", new { loadKey }, cancel)).ToList();
        if (titles.Count == 0) return;
        await using var writer = workspace.OpenBulkWriter(RawTables.TaskWord);
        var chunk = new RowChunk(RawTables.TaskWord, ChunkRows);
        foreach (var (task, title) in titles)
            foreach (var word in Of(title))
            {
                chunk.Set(0, task);
                chunk.Set(1, StableKey.Of("word"u8, Encoding.UTF8.GetBytes(word)));
                chunk.Set(2, loadKey);
                chunk.EndRow();
                if (!chunk.IsFull) continue;
                await writer.WriteAsync(chunk, cancel);
                chunk.Clear();
            }
        if (chunk.Count > 0) await writer.WriteAsync(chunk, cancel);
        await writer.CompleteAsync(cancel);
    }

    /// <summary>Folded, each once, numbers left out: the year and the quarter change when a task is entered again.</summary>
    public static IEnumerable<string> Of(string title) =>
        Folding.Fold(title).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !word.All(char.IsAsciiDigit)).Distinct(StringComparer.Ordinal);
}
