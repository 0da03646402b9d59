using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Etl.Sources;

namespace Etl.Load;

/// <summary>
/// Keys in a temporary file that goes when it is closed: runs, each sorted, and a filter in memory. One key in some hundreds that is not
/// there is looked for in vain.
/// </summary>
/// <remarks>
/// The filter is a Bloom filter in blocks of one cache line (F. Putze, P. Sanders and J. Singler, "Cache-, Hash- and
/// Space-Efficient Bloom Filters", 2007): a question costs one miss. It is filled anew from the file when the keys outgrow it.
/// </remarks>
sealed class OlderKeys : IDisposable
{
    const int BitsPerKey = 16, BitsSet = 6, WordsPerBlock = 8, KeysRead = 1 << 16;

    readonly FileStream file = TemporaryFile.Create(bufferSize: 0);
    readonly List<(long First, long Count)> runs = [];
    ulong[] filter = [];
    long count;

    /// <summary>Adds keys that are sorted and were not there before.</summary>
    public void Add(ReadOnlySpan<long> sorted)
    {
        file.Position = count * sizeof(long);
        file.Write(MemoryMarshal.AsBytes(sorted));
        runs.Add((count, sorted.Length));
        count += sorted.Length;
        if (filter.Length * 64L < count * BitsPerKey) FillAnew();
        else Mark(sorted);
    }

    /// <summary>Fetches the block of a key that will be asked for soon.</summary>
    public unsafe void Prepare(long key)
    {
        if (!Sse.IsSupported) return;
        fixed (ulong* block = &filter[Block(key)]) Sse.Prefetch0(block);
    }

    public bool Contains(long key)
    {
        var block = filter.AsSpan(Block(key), WordsPerBlock);
        var bits = Scramble(key);
        for (var bit = 0; bit < BitsSet; bit++, bits >>= 9)
            if ((block[(int)(bits >> 6) & 7] & (1UL << (int)(bits & 63))) == 0) return false;
        foreach (var (first, length) in runs)
            if (IsIn(key, first, length)) return true;
        return false;
    }

    public void Dispose() => file.Dispose();

    void FillAnew()
    {
        filter = new ulong[(int)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(WordsPerBlock, count * BitsPerKey / 64))];
        var keys = new long[KeysRead];
        for (var at = 0L; at < count; at += KeysRead)
        {
            var read = keys.AsSpan(0, (int)Math.Min(KeysRead, count - at));
            Read(read, at);
            Mark(read);
        }
    }

    void Mark(ReadOnlySpan<long> keys)
    {
        foreach (var key in keys)
        {
            var block = filter.AsSpan(Block(key), WordsPerBlock);
            var bits = Scramble(key);
            for (var bit = 0; bit < BitsSet; bit++, bits >>= 9) block[(int)(bits >> 6) & 7] |= 1UL << (int)(bits & 63);
        }
    }

    bool IsIn(long key, long first, long length)
    {
        var (low, high) = (first, first + length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var there = 0L;
            Read(new(ref there), middle);
            if (there == key) return true;
            if (there < key) low = middle + 1;
            else high = middle;
        }
        return false;
    }

    void Read(Span<long> keys, long from)
    {
        file.Position = from * sizeof(long);
        file.ReadExactly(MemoryMarshal.AsBytes(keys));
    }

    // Keys are hashes already: their low bits choose the block, and bits of a product the places in it.
    int Block(long key) => (int)((ulong)key & ((ulong)filter.Length / WordsPerBlock - 1)) * WordsPerBlock;

    static ulong Scramble(long key) => (ulong)key * 0x9E3779B97F4A7C15 >> 10;
}
