using System.Text.Json;

namespace Etl.Sources;

/// <summary>One window of a resource, read from the pages put aside. A row's number is its item's place in the whole answer.</summary>
sealed class RestPart(string name, RestWindow window, PageSpool spool, RestOptions options, IReadOnlyList<string> wanted) : SourcePart
{
    readonly JsonItems items = new(options.Items);
    readonly JsonField[] fields = [.. wanted.Select(path => new JsonField(path))];
    readonly JsonField? mark = options.Watermark is { } path ? new(path) : null;
    readonly WatermarkTracker watermark = new();

    JsonDocument? page;
    IEnumerator<JsonElement[]>? rest;
    int pages;
    long number;

    public override bool IsWindow => true;

    public override string Name => name;

    public override string Identity => window.Identity;

    public override IReadOnlyList<string> Columns => wanted;

    public override DateOnly? ExtractDate => window.ExtractDate;

    public override long? ExpectedRows => window.Items;

    public override double? Progress => window.Items == 0 ? 1 : (double)number / window.Items;

    public override int Attempts => window.Attempts;

    public override string? Watermark => watermark.Greatest;

    public override async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancel)
    {
        while (!batch.IsFull)
        {
            if (rest?.MoveNext() == true) Write(batch, rest.Current);
            else if (!await NextPageAsync(cancel)) break;
        }
        return batch.Count > 0;
    }

    void Write(RowBatch batch, JsonElement[] item)
    {
        string? fault = null;
        for (var column = 0; column < fields.Length; column++)
        {
            try
            {
                batch.Set(column, fields[column].Of(item));
            }
            catch (InvalidOperationException)
            {
                fault ??= $"'{wanted[column]}' is not text: it holds half a character";
            }
        }
        if (fault is null && mark is not null) watermark.See(mark.Of(item));
        batch.EndRow(++number, fault);
    }

    async Task<bool> NextPageAsync(CancellationToken cancel)
    {
        if (pages == spool.Count) return false;
        page?.Dispose();
        page = JsonDocument.Parse(await spool.ReadAsync(pages++, cancel));
        rest = items.Of(page.RootElement).GetEnumerator();
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        page?.Dispose();
        await spool.DisposeAsync();
    }
}
