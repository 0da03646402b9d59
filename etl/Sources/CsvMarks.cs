using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Etl.Sources;

/// <summary>Finds the few bytes that matter to CSV – separator, quote, line feed, carriage return, NUL – 32 bytes at a time.</summary>
static class CsvMarks
{
    /// <summary>Writes the places of all marks in <paramref name="text"/>, each plus <paramref name="offset"/>, and returns how many there are.</summary>
    /// <param name="marks">At least as long as the text.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a file is read before the runtime would see that this is hot
    public static int Find(ReadOnlySpan<byte> text, int offset, byte separator, Span<int> marks)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var (separators, quotes) = (Vector256.Create(separator), Vector256.Create((byte)'"'));
        var (feeds, returns) = (Vector256.Create((byte)'\n'), Vector256.Create((byte)'\r'));
        var (count, at) = (0, 0);
        for (; at <= text.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref start, (nuint)at);
            var found = Vector256.Equals(bytes, separators) | Vector256.Equals(bytes, quotes) | Vector256.Equals(bytes, feeds)
                | Vector256.Equals(bytes, returns) | Vector256.Equals(bytes, Vector256<byte>.Zero);
            for (var bits = found.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                marks[count++] = offset + at + BitOperations.TrailingZeroCount(bits);
        }
        for (; at < text.Length; at++)
        {
            var one = text[at];
            if (one == separator || one is (byte)'"' or (byte)'\n' or (byte)'\r' or 0) marks[count++] = offset + at;
        }
        return count;
    }
}
