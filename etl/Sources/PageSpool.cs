namespace Etl.Sources;

/// <summary>Pages of an answer, put aside in a temporary file until they are read again.</summary>
sealed class PageSpool : IAsyncDisposable
{
    readonly FileStream file = TemporaryFile.Create();
    readonly List<(int Page, long Start, int Length)> pages = [];

    public int Count => pages.Count;

    public async Task AddAsync(int page, ReadOnlyMemory<byte> json, CancellationToken cancel)
    {
        pages.Add((page, file.Length, json.Length));
        file.Position = file.Length;
        await file.WriteAsync(json, cancel);
        await file.FlushAsync(cancel);
    }

    public async Task<byte[]> ReadAsync(int index, CancellationToken cancel)
    {
        var json = new byte[pages[index].Length];
        file.Position = pages[index].Start;
        await file.ReadExactlyAsync(json, cancel);
        return json;
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
