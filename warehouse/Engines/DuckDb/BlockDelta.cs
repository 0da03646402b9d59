using System.Buffers.Binary;

namespace Warehouse.Engines.DuckDb;

/// <summary>
/// Makes a database file equal to another one by writing only the blocks that differ. DuckDB keeps the checksum of each block
/// in its first eight bytes, so that two files are compared by reading these. Neither file may have a log of changes beside it.
/// </summary>
/// <remarks>A file of which the copying was cut short is no database; whoever calls this remembers it and copies the whole next time.</remarks>
static class BlockDelta
{
    /// <summary>The file's three headers: written anew by every checkpoint, so always copied, and last.</summary>
    const int HeaderBytes = 3 * 4096;

    /// <summary>Where the second header tells the size of a block.</summary>
    const int BlockSizeAt = 4096 + 40;

    const int ChecksumBytes = 8;

    /// <returns>How many blocks were written.</returns>
    public static long Apply(string from, string to, Milestones milestones)
    {
        using var source = File.OpenHandle(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = File.OpenHandle(to, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var header = new byte[HeaderBytes];
        Fill(source, header, 0);
        var block = new byte[BlockSize(header, from)];
        var length = RandomAccess.GetLength(source);
        var (written, checksum, standing) = (0L, new byte[ChecksumBytes], new byte[ChecksumBytes]);
        RandomAccess.SetLength(target, length);
        for (var at = (long)HeaderBytes; at < length; at += block.Length)
        {
            var size = (int)Math.Min(block.Length, length - at);
            Fill(source, checksum, at);
            Fill(target, standing, at);
            if (checksum.AsSpan().SequenceEqual(standing)) continue;
            Fill(source, block.AsSpan(0, size), at);
            RandomAccess.Write(target, block.AsSpan(0, size), at);
            if (written++ == 0) milestones.Reach(Milestone.BlockWritten);
        }
        milestones.Reach(Milestone.HeadersPending);
        RandomAccess.Write(target, header, 0);
        RandomAccess.FlushToDisk(target);
        return written;
    }

    static int BlockSize(byte[] header, string file)
    {
        var size = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(BlockSizeAt));
        return size is >= 4096 and <= 1 << 24 && long.IsPow2(size) ? (int)size : throw new EngineException($"{file} is no database file: its header tells of blocks of {size} bytes");
    }

    static void Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> into, long at)
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
