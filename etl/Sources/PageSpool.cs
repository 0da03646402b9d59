namespace Etl.Sources;

/// <summary>Pages of an answer, put aside in a temporary file (readable by its owner only, gone when closed) until they are read again.</summary>
sealed class PageSpool : IAsyncDisposable
{
    readonly FileStream file;
    readonly List<(int Page, long Start, int Length)> pages = [];

    public PageSpool()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        file = new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

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
