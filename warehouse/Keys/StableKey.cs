using System.Text;

namespace Warehouse.Keys;

/// <summary>
/// Surrogate keys that depend on nothing but what they name: positive 63-bit numbers made of a kind ("task") and the
/// parts of a business key. Loading in another order, again, or on another engine gives the same keys.
/// </summary>
/// <remarks>
/// The parts are hashed in turn, each seeded with the hash of those before, so ("a", "bc") and ("ab", "c") differ.
/// 0 is never a key: it means "unknown" in every dimension. Among ten million keys of one kind the chance of any two
/// being equal is about 1 in 180,000; a load checks uniqueness anyway.
/// </remarks>
public static class StableKey
{
    public static long Of(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> a) => Seal(Chain(Chain(0, kind), a));

    public static long Of(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        Seal(Chain(Chain(Chain(0, kind), a), b));

    public static long Of(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c) =>
        Seal(Chain(Chain(Chain(Chain(0, kind), a), b), c));

    /// <summary>The same key as of the parts' UTF-8 bytes.</summary>
    public static long Of(string kind, params ReadOnlySpan<string> parts)
    {
        var hash = Chain(0, kind);
        foreach (var part in parts) hash = Chain(hash, part);
        return Seal(hash);
    }

    /// <summary>Adds one part to a chain that began with 0; for keys of more parts than the overloads take.</summary>
    public static ulong Chain(ulong before, ReadOnlySpan<byte> part) => XxHash64.Hash(part, before);

    /// <summary>Adds a number as a part (not the same as adding its digits).</summary>
    public static ulong Chain(ulong before, long part)
    {
        Span<byte> bytes = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(bytes, part);
        return XxHash64.Hash(bytes, before);
    }

    /// <summary>Ends a chain: the positive key.</summary>
    public static long Seal(ulong chain)
    {
        var key = (long)(chain & long.MaxValue);
        return key == 0 ? 1 : key;
    }

    static ulong Chain(ulong before, string part)
    {
        var room = Encoding.UTF8.GetMaxByteCount(part.Length);
        var bytes = room <= 512 ? stackalloc byte[512] : new byte[room];
        return Chain(before, bytes[..Encoding.UTF8.GetBytes(part, bytes)]);
    }
}
