using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Etl.Demo;

/// <summary>What was written: so that a load can be held against it (received = accepted + quarantined + withheld).</summary>
public sealed class Manifest
{
    static readonly JsonSerializerOptions Style = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public bool Generated => true;
    public ulong Seed { get; init; }
    public DateOnly Today { get; init; }
    public IReadOnlyList<DateOnly> Extracts { get; init; } = [];

    /// <summary>By feed, then by record of the feed.</summary>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public SortedDictionary<string, SortedDictionary<string, RecordCount>> Feeds { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts that reports over the loaded sources must give.</summary>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<ExpectedTally> Expected { get; } = [];

    public RecordCount Of(string feed, string record)
    {
        if (!Feeds.TryGetValue(feed, out var records)) Feeds[feed] = records = new(StringComparer.Ordinal);
        return records.TryGetValue(record, out var count) ? count : records[record] = new RecordCount();
    }

    /// <summary>Adds the counts of what a place's list shows at the end of a day.</summary>
    public void Expect(PlaceWorld world, DateOnly from, DateOnly to, DateOnly asOf) =>
        Expected.Add(new ExpectedTally(world.Place.Key, from, to, asOf, Tally.Of(world, from, to, asOf)));

    public Task WriteAsync(string path, CancellationToken cancel) => File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, Style) + "\n", cancel);

    public static async Task<Manifest> ReadAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<Manifest>(file, Style, cancel) ?? throw new InvalidDataException($"{path} is empty");
    }
}

/// <summary>Rows written for one record of a feed.</summary>
public sealed class RecordCount
{
    /// <summary>All rows, bad and secret ones included.</summary>
    public int Rows { get; set; }

    /// <summary>Rows that are bad on purpose, by what is wrong with them.</summary>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public SortedDictionary<string, int> Bad { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows marked secret.</summary>
    public int Withheld { get; set; }

    /// <summary>Different tasks among the good rows that are not secret: a re-entered task once, sub-tasks and deleted ones included.</summary>
    public int Tasks { get; set; }

    public void CountBad(string rule)
    {
        Rows++;
        Bad[rule] = Bad.GetValueOrDefault(rule) + 1;
    }

    public void Count(DemoTask task)
    {
        Rows++;
        if (task.Secrecy != "") Withheld++;
    }
}

/// <summary>The tasks of a place assigned in a period as they stood at the end of a day.</summary>
public sealed record ExpectedTally(string Place, DateOnly From, DateOnly To, DateOnly AsOf, Tally Counts);
