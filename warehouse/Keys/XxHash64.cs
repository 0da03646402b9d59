using System.Buffers.Binary;
using System.Numerics;

namespace Warehouse.Keys;

/// <summary>XXH64 of bytes: the same number on every machine and in every release, which <see cref="object.GetHashCode"/> does not promise.</summary>
/// <remarks>Written here because System.IO.Hashing is a package of its own and this is one screen. The tests hold published vectors.</remarks>
public static class XxHash64
{
    const ulong Prime1 = 0x9E3779B185EBCA87;
    const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    const ulong Prime3 = 0x165667B19E3779F9;
    const ulong Prime4 = 0x85EBCA77C2B2AE63;
    const ulong Prime5 = 0x27D4EB2F165667C5;

    public static ulong Hash(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var length = (ulong)bytes.Length;
        var hash = bytes.Length >= 32 ? Stripes(ref bytes, seed) : seed + Prime5;
        return Avalanche(Tail(hash + length, bytes));
    }

    /// <summary>Takes off the bytes in blocks of 32 and leaves fewer than 32 to the tail.</summary>
    static ulong Stripes(ref ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong a = seed + Prime1 + Prime2, b = seed + Prime2, c = seed, d = seed - Prime1;
        while (bytes.Length >= 32)
        {
            a = Round(a, Read64(bytes));
            b = Round(b, Read64(bytes[8..]));
            c = Round(c, Read64(bytes[16..]));
            d = Round(d, Read64(bytes[24..]));
            bytes = bytes[32..];
        }
        var hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
            + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        return Merge(Merge(Merge(Merge(hash, a), b), c), d);
    }

    static ulong Tail(ulong hash, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            hash = BitOperations.RotateLeft(hash ^ Round(0, Read64(bytes)), 27) * Prime1 + Prime4;
        if (bytes.Length >= 4)
        {
            hash ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Prime1;
            hash = BitOperations.RotateLeft(hash, 23) * Prime2 + Prime3;
            bytes = bytes[4..];
        }
        foreach (var one in bytes)
            hash = BitOperations.RotateLeft(hash ^ (one * Prime5), 11) * Prime1;
        return hash;
    }

    static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    static ulong Round(ulong lane, ulong input) => BitOperations.RotateLeft(lane + input * Prime2, 31) * Prime1;

    static ulong Merge(ulong hash, ulong lane) => (hash ^ Round(0, lane)) * Prime1 + Prime4;

    static ulong Read64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
