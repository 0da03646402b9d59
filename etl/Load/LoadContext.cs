using System.Text;
using Etl.Feeds;
using Etl.Normalise;
using Warehouse.Keys;
using Warehouse.Reference;

namespace Etl.Load;

/// <summary>What every row of one batch shares: its feed, its keys, and the look-ups that rows are resolved with.</summary>
sealed class LoadContext(Feed feed, FeedRecord record, long loadKey, Provinces provinces, LocalZone zone)
{
    readonly ValueCache<Place> places = new();
    readonly ulong taskSeed = StableKey.Chain(StableKey.Chain(0, "task"u8), Encoding.UTF8.GetBytes(feed.Name));

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

    /// <summary>Names of agencies, assigners and programmes are the system's own.</summary>
    public ulong SystemScope { get; } = StableKey.Chain(StableKey.Chain(0, "name"u8), Encoding.UTF8.GetBytes(feed.System));

    /// <summary>The province of every row that names none; null where the feed names none either.</summary>
    public Place? FeedPlace { get; private set; }

    public long TaskKey(ReadOnlySpan<byte> taskId) => StableKey.Seal(StableKey.Chain(taskSeed, taskId));

    /// <summary>Takes note of a day on which something happened.</summary>
    public void Happened(int day)
    {
        if (day > NewestDay) NewestDay = day;
    }

    /// <summary>The province that rows name so.</summary>
    public Place PlaceNamed(ReadOnlySpan<byte> name) =>
        places.TryGet(name, out var known) ? known : places.Add(name, NewPlace(Encoding.UTF8.GetString(name), isOfRow: true));

    /// <summary>
    /// Where the feed says the province, its agencies need no telling apart from those of others: also not where some rows
    /// name the province, or the one that took it in, and others do not. Their days tell units of one name apart.
    /// </summary>
    Place NewPlace(string name, bool isOfRow) =>
        new(name, isOfRow && feed.Province.Length == 0 ? StableKey.Chain(SystemScope, Encoding.UTF8.GetBytes(Folding.Fold(name))) : SystemScope, provinces.Resolve);

    public static LoadContext Create(Feed feed, FeedRecord record, long loadKey, Provinces provinces, LocalZone zone)
    {
        var context = new LoadContext(feed, record, loadKey, provinces, zone);
        if (feed.Province.Length > 0) context.FeedPlace = context.NewPlace(feed.Province, isOfRow: false);
        return context;
    }
}
