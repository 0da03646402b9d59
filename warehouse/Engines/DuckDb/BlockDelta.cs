using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// Makes a database file equal to another one by writing only the blocks that differ. Neither file may have a log of changes beside it.
/// </summary>
/// <remarks>
/// Blocks are compared byte by byte. The checksum in their first eight bytes does not tell them apart: it is the same whatever the order of a
/// block's words, and DuckDB lays the same columns into a block in one order today and in another tomorrow.
/// A file of which the copying was cut short is no database; whoever calls this remembers it and copies the whole next time.
/// </remarks>
static class BlockDelta
{
    /// <summary>The file's three headers: written anew by every checkpoint, so always copied, and last.</summary>
    const int HeaderBytes = 3 * 4096;

    /// <summary>Where the second header tells the size of a block.</summary>
    const int BlockSizeAt = 4096 + 40;

    /// <returns>How many blocks were written.</returns>
    public static long Apply(string from, string to, Milestones milestones)
    {
        using var source = File.OpenHandle(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = File.OpenHandle(to, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var header = new byte[HeaderBytes];
        Fill(source, header, 0);
        var block = new byte[BlockSize(header, from)];
        var (written, length) = (0L, RandomAccess.GetLength(source));
        RandomAccess.SetLength(target, length);
        foreach (var at in FindDifferent(source, target, length, block.Length))
        {
            var bytes = block.AsSpan(0, (int)Math.Min(block.Length, length - at));
            Fill(source, bytes, at);
            RandomAccess.Write(target, bytes, at);
            if (written++ == 0) milestones.Reach(Milestone.BlockWritten);
        }
        milestones.Reach(Milestone.HeadersPending);
        RandomAccess.Write(target, header, 0);
        RandomAccess.FlushToDisk(target);
        return written;
    }

    /// <summary>Where blocks lie that are not the same in both; all cores look, for that is most of the work.</summary>
    static List<long> FindDifferent(SafeFileHandle source, SafeFileHandle target, long length, int size)
    {
        var different = new bool[(length - HeaderBytes + size - 1) / size];
        long PlaceOf(int block) => HeaderBytes + (long)block * size;
        try
        {
            Parallel.For(0, different.Length, () => (Theirs: new byte[size], Ours: new byte[size]), (i, _, block) =>
            {
                Fill(source, block.Theirs, PlaceOf(i));
                Fill(target, block.Ours, PlaceOf(i));
                different[i] = !block.Theirs.AsSpan().SequenceEqual(block.Ours);
                return block;
            }, _ => { });
        }
        catch (AggregateException several)
        {
            // What cannot be read is told as one reader would tell it.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        return [.. Enumerable.Range(0, different.Length).Where(i => different[i]).Select(PlaceOf)];
    }

    static int BlockSize(byte[] header, string file)
    {
        var size = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(BlockSizeAt));
        return size is >= 4096 and <= 1 << 24 && long.IsPow2(size) ? (int)size : throw new EngineException($"{file} is no database file: its header tells of blocks of {size} bytes");
    }

    static void Fill(SafeFileHandle file, Span<byte> into, long at)
    {
        while (into.Length > 0)
        {
            var read = RandomAccess.Read(file, into, at);
            if (read == 0)
            {
                // Beyond the end of the shorter file.
                into.Clear();
                return;
            }
            into = into[read..];
            at += read;
        }
    }
}
