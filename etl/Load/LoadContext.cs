using System.Text;
using Etl.Feeds;
using Etl.Normalise;
using Warehouse.Keys;
using Warehouse.Reference;

namespace Etl.Load;

/// <summary>What every row of one batch shares: its feed, its keys, and the look-ups that rows are resolved with.</summary>
sealed class LoadContext(Feed feed, FeedRecord record, long loadKey, Provinces provinces, LocalZone zone)
{
    readonly Dictionary<string, Province?[]> provincesByEra = [];
    readonly byte[] feedName = Encoding.UTF8.GetBytes(feed.Name);

    // Days on which the meaning of a province's name changes; between them it is the same.
    static readonly int[] Eras = [Day(2025, 1, 1), Day(2025, 7, 1), Day(2026, 4, 30)];

    public Feed Feed => feed;

    public FeedRecord Record => record;

    /// <summary>The old font that cells of a workbook may have been typed for.</summary>
    public OldFont? Font { get; } = feed.Kind != "workbook" ? null : (record.From.GetValueOrDefault("encoding") ?? feed.Source.GetValueOrDefault("encoding")) switch
    {
        "auto" => OldFont.Auto,
        "tcvn3" => OldFont.Tcvn3,
        "vni" => OldFont.Vni,
        _ => null,
    };

    public long SourceKey { get; } = SourceKeyOf(feed.Name);

    public long LoadKey => loadKey;

    public LocalZone Zone => zone;

    /// <summary>The newest day on which something happened in the batch: the day of the extract where nothing else tells it.</summary>
    public int NewestDay { get; private set; } = int.MinValue;

    public static long SourceKeyOf(string feedName) => StableKey.Of("source", feedName);

    public long TaskKey(ReadOnlySpan<byte> taskId) => StableKey.Of("task"u8, feedName, taskId);

    /// <summary>Takes note of a day on which something happened.</summary>
    public void Happened(int day)
    {
        if (day > NewestDay) NewestDay = day;
    }

    /// <summary>The province that a name meant on a day (days since 1970-01-01); null where the name is no province.</summary>
    public Province? ProvinceOf(string name, int day)
    {
        if (!provincesByEra.TryGetValue(name, out var byEra))
            provincesByEra[name] = byEra = [.. Eras.Prepend(0).Select(start => provinces.Resolve(name, DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(start)))];
        var era = Eras.Length;
        while (era > 0 && day < Eras[era - 1]) era--;
        return byEra[era];
    }

    static int Day(int year, int month, int day) => (int)ReferenceRows.DaysOf(new DateOnly(year, month, day));
}
