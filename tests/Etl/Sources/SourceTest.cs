using System.Text;
using Etl.Sources;
using Xunit;

namespace Tests.Sources;

/// <summary>A folder that is gone after the test, and the few lines that every test of a source needs.</summary>
public abstract class SourceTest : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("analytics-").FullName;

    /// <summary>A row as a test sees it.</summary>
    protected sealed record Row(long Number, string? Fault, string[] Fields);

    protected string PathOf(string name) => Path.Combine(Folder, name);

    protected string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    protected string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    protected static PartRequest Request(
        string? watermark = null, string[]? wanted = null, Dictionary<string, string>? from = null,
        ICollection<string>? loaded = null, ICollection<string>? notes = null) =>
        new("task", from ?? [], watermark, wanted ?? [], identity => loaded?.Contains(identity) == true) { Note = note => notes?.Add(note) };

    protected static async Task<List<SourcePart>> PartsOf(ISource source, PartRequest request)
    {
        var parts = new List<SourcePart>();
        await foreach (var part in source.FindPartsAsync(request, default)) parts.Add(part);
        return parts;
    }

    /// <summary>The one part that there is.</summary>
    protected static async Task<SourcePart> PartOf(ISource source, PartRequest? request = null) => Assert.Single(await PartsOf(source, request ?? Request()));

    protected static async Task<List<Row>> RowsOf(SourcePart part, int capacity = 2048)
    {
        var rows = new List<Row>();
        var batch = new RowBatch(part.Columns.Count, capacity);
        while (await part.ReadAsync(batch, default))
        {
            for (var row = 0; row < batch.Count; row++)
                rows.Add(new(batch.Number(row), batch.Fault(row), [.. Enumerable.Range(0, batch.Columns).Select(column => Encoding.UTF8.GetString(batch.Field(row, column)))]));
            batch.Clear();
        }
        return rows;
    }

    /// <summary>What is said when the source is read to its end.</summary>
    protected static async Task<SourceException> FaultOf(ISource source, PartRequest? request = null) =>
        await Assert.ThrowsAsync<SourceException>(async () =>
        {
            await foreach (var part in source.FindPartsAsync(request ?? Request(), default)) await RowsOf(part);
        });

    public virtual void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>A clock that stands still.</summary>
sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
