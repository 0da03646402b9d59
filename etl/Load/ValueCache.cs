using System.Runtime.InteropServices;

namespace Etl.Load;

/// <summary>
/// Remembers what the values of one column were read as: columns repeat themselves, and a look-up is cheaper than parsing.
/// Bounded: each value has one place and pushes out what was there. A column that hardly repeats is not remembered at all.
/// </summary>
sealed class ValueCache<T>
{
    const int Places = 8192;
    const int Trial = 20_000;

    readonly byte[]?[] keys = new byte[Places][];
    readonly T[] values = new T[Places];
    int asked, found;
    bool isUseless;

    public bool TryGet(ReadOnlySpan<byte> received, out T value)
    {
        value = default!;
        if (isUseless) return false;
        var place = Place(received);
        asked++;
        if (keys[place] is { } key && received.SequenceEqual(key))
        {
            found++;
            value = values[place];
            return true;
        }
        if (asked == Trial) isUseless = found < Trial / 3;
        return false;
    }

    public T Add(ReadOnlySpan<byte> received, T value)
    {
        if (isUseless) return value;
        var place = Place(received);
        keys[place] = received.ToArray();
        values[place] = value;
        return value;
    }

    /// <summary>Length, first and last eight bytes: enough to spread, cheaper than a hash of everything.</summary>
    static int Place(ReadOnlySpan<byte> received)
    {
        ulong hash = (ulong)received.Length * 0x9E3779B97F4A7C15;
        if (received.Length >= 8)
        {
            hash ^= MemoryMarshal.Read<ulong>(received) * 0xC2B2AE3D27D4EB4F;
            hash = (hash << 31 | hash >> 33) ^ MemoryMarshal.Read<ulong>(received[^8..]) * 0x165667B19E3779F9;
            if (received.Length > 24) hash ^= MemoryMarshal.Read<ulong>(received[(received.Length / 2)..]) * 0x27D4EB2F165667C5;
        }
        else
            foreach (var b in received) hash = (hash ^ b) * 0x100000001B3;
        hash ^= hash >> 29;
        return (int)((hash * 0xBF58476D1CE4E5B9) >> 51);
    }
}
