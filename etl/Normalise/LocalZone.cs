namespace Etl.Normalise;

/// <summary>
/// A time zone compiled to a sorted list of offsets, so that converting a field costs a few nanoseconds and no allocation.
/// Instants are microseconds since 1970-01-01T00:00Z, days are days since 1970-01-01.
/// </summary>
/// <remarks>
/// Local times that a change of clocks makes doubtful are read with the offset in force before the change: a time that was
/// skipped lands as much later (02:30 becomes 03:30 summer time), a time that came twice is its first coming.
/// Before 1970 and after 2100 the offset at that edge holds. Changes closer than a day to one another are seen as one.
/// </remarks>
public sealed class LocalZone
{
    const long Microsecond = TimeSpan.TicksPerMicrosecond;

    readonly long[] starts; // UTC instant from which offsets[i] holds; starts[0] = the beginning of time
    readonly long[] boundaries; // the same in local time before the change
    readonly long[] offsets; // microseconds east of UTC
    readonly int last;

    public LocalZone(TimeZoneInfo zone)
    {
        Id = zone.Id;
        var changes = Changes(zone);
        starts = [.. changes.Select(change => change.Start)];
        offsets = [.. changes.Select(change => change.Offset)];
        boundaries = [.. changes.Select((change, i) => i == 0 ? long.MinValue : change.Start + changes[i - 1].Offset)];
        last = starts.Length - 1;
    }

    public string Id { get; }

    /// <summary>The zone of this name ("Asia/Ho_Chi_Minh"), or why there is none.</summary>
    public static Parsed<LocalZone> Named(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
        ? Parsed<LocalZone>.Of(new(zone))
        : Parsed<LocalZone>.Bad("is not a time zone known here (Asia/Ho_Chi_Minh)");

    /// <summary>The instant of a local time.</summary>
    public long ToUtc(int day, long timeOfDay)
    {
        var local = day * Moment.DayLength + timeOfDay;
        var i = Find(boundaries, local);
        var utc = local - offsets[i];
        return i > 0 && utc < starts[i] ? local - offsets[i - 1] : utc;
    }

    /// <summary>Local wall-clock time of an instant, as microseconds since 1970-01-01 00:00 local.</summary>
    public long ToLocal(long utc) => utc + offsets[Find(starts, utc)];

    /// <summary>The local day on which an instant falls.</summary>
    public int DayOf(long utc)
    {
        var local = ToLocal(utc);
        return (int)(local >= 0 ? local / Moment.DayLength : (local + 1) / Moment.DayLength - 1);
    }

    /// <summary>The last place whose value is not greater; most zones end in an offset that holds for all recent data.</summary>
    int Find(long[] sorted, long value)
    {
        if (value >= sorted[last]) return last;
        var found = Array.BinarySearch(sorted, value);
        return found >= 0 ? found : ~found - 1;
    }

    static List<(long Start, long Offset)> Changes(TimeZoneInfo zone)
    {
        var day = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var end = new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var offset = zone.GetUtcOffset(day);
        var changes = new List<(long, long)> { (long.MinValue, offset.Ticks / Microsecond) };
        for (; day < end; day = day.AddDays(1))
        {
            var next = zone.GetUtcOffset(day.AddDays(1));
            if (next == offset) continue;
            changes.Add((FirstWith(next, zone, day), next.Ticks / Microsecond));
            offset = next;
        }
        return changes;
    }

    /// <summary>The instant within the day after <paramref name="before"/> from which the offset is the new one, to the second.</summary>
    static long FirstWith(TimeSpan next, TimeZoneInfo zone, DateTime before)
    {
        int low = 0, high = 86_400;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (zone.GetUtcOffset(before.AddSeconds(middle)) == next) high = middle;
            else low = middle;
        }
        return (before.AddSeconds(high) - DateTime.UnixEpoch).Ticks / Microsecond;
    }
}
