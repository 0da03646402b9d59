using System.Runtime.Intrinsics.X86;

namespace Etl.Load;

/// <summary>A set of keys: eight bytes each in one array, for telling whether a key was met before in a batch of millions.</summary>
sealed class KeySet
{
    long[] slots = new long[4096];
    int count;

    /// <summary>Adds a key (never 0); false when it was there already.</summary>
    public bool Add(long key)
    {
        if (count * 3 >= slots.Length * 2) Grow();
        return Insert(slots, key) && ++count > 0;
    }

    /// <summary>Fetches the place of a key that will be asked for soon: in a set of millions it is in no cache.</summary>
    public unsafe void Prepare(long key)
    {
        if (!Sse.IsSupported) return;
        fixed (long* place = &slots[Place(slots, key)]) Sse.Prefetch0(place);
    }

    public int Count => count;

    public bool IsEmpty => count == 0;

    public void Clear()
    {
        Array.Clear(slots);
        count = 0;
    }

    public long[] ToSorted()
    {
        var sorted = new long[count];
        var at = 0;
        foreach (var key in slots)
            if (key != 0) sorted[at++] = key;
        Array.Sort(sorted);
        return sorted;
    }

    public bool Contains(long key)
    {
        for (var at = Place(slots, key); slots[at] != 0; at = (at + 1) & (slots.Length - 1))
            if (slots[at] == key) return true;
        return false;
    }

    void Grow()
    {
        var larger = new long[slots.Length * 2];
        foreach (var key in slots)
            if (key != 0) Insert(larger, key);
        slots = larger;
    }

    static bool Insert(long[] slots, long key)
    {
        var at = Place(slots, key);
        for (; slots[at] != 0; at = (at + 1) & (slots.Length - 1))
            if (slots[at] == key) return false;
        slots[at] = key;
        return true;
    }

    // Keys are hashes already.
    static int Place(long[] slots, long key) => (int)key & (slots.Length - 1);
}
