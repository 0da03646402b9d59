namespace Etl.Sources;

/// <summary>How a CSV file is written, and what is too long to be a record of it.</summary>
/// <param name="Separator">Null lets the first records tell.</param>
/// <param name="HeaderRow">Line of the file that names the columns; lines before it are titles.</param>
public sealed record CsvFormat(byte? Separator = null, int HeaderRow = 1, int MaxRecordBytes = 16 * 1024 * 1024);

/// <summary>
/// Reads a UTF-8 stream block by block into batches: a byte is read into the batch's buffer and stays there, only the
/// last, cut record of a block moves on to the next.
/// </summary>
public sealed class CsvReader : IAsyncDisposable
{
    const int BlockSize = 256 * 1024;

    readonly Stream utf8;
    readonly string name;
    readonly CsvSplitter splitter;
    readonly int longest;

    byte[] carry;
    int carried;
    int block = BlockSize;
    bool ended;

    CsvReader(Stream utf8, string name, CsvFormat format, CsvHead head)
    {
        (this.utf8, this.name, longest) = (utf8, name, format.MaxRecordBytes);
        (carry, carried, ended) = (head.Rest, head.Rest.Length, head.Ended);
        splitter = new(name, head.Separator, head.NextLine, longest);
        (Columns, Separator) = (head.Columns, head.Separator);
    }

    /// <summary>Reads up to the end of the header line.</summary>
    /// <param name="name">The part's name, for coordinates.</param>
    /// <exception cref="SourceException">There is no header line, or one that names a column twice.</exception>
    public static async Task<CsvReader> OpenAsync(Stream utf8, string name, CsvFormat format, CancellationToken cancel) =>
        new(utf8, name, format, await CsvHead.ReadAsync(utf8, name, format, cancel));

    public IReadOnlyList<string> Columns { get; }

    public byte Separator { get; }

    /// <summary>Rows so far that held nothing but separators and were passed over.</summary>
    public int BareRecords => splitter.BareRecords;

    /// <inheritdoc cref="SourcePart.ReadAsync"/>
    public async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancel)
    {
        if (batch.Columns != Columns.Count)
            throw new ArgumentException($"the batch has {batch.Columns} columns, '{name}' has {Columns.Count}", nameof(batch));
        Restore(batch);
        while (true)
        {
            var broken = await FillAsync(batch, cancel);
            var used = splitter.Split(batch, ended);
            if (broken is not null)
                throw new SourceException(SourceFault.Data, $"{name} › line {splitter.Line}: the file is cut short or damaged here ({broken.Message})", broken);
            if (batch.Count > 0)
            {
                Keep(batch, used);
                return true;
            }
            if (ended) return false;
            Buffer.BlockCopy(batch.Buffer, used, batch.Buffer, 0, batch.Length -= used);
            // Doubling keeps the work on one long record in proportion to its length.
            block = (int)Math.Min(Math.Max(block, batch.Length * 2L), longest + (long)BlockSize);
        }
    }

    void Restore(RowBatch batch)
    {
        batch.Reserve(Math.Max(block, carried));
        Buffer.BlockCopy(carry, 0, batch.Buffer, 0, carried);
        batch.Length = carried;
        carried = 0;
    }

    /// <summary>Fills the buffer up to the block's size; returns what is wrong with the stream instead of throwing, so that the line can be told.</summary>
    async ValueTask<Exception?> FillAsync(RowBatch batch, CancellationToken cancel)
    {
        if (ended || batch.Length >= block) return null;
        batch.Reserve(block - batch.Length);
        try
        {
            while (batch.Length < block)
            {
                var read = await utf8.ReadAsync(batch.Buffer.AsMemory(batch.Length, block - batch.Length), cancel);
                if (read == 0)
                {
                    ended = true;
                    break;
                }
                batch.Length += read;
            }
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return e;
        }
    }

    /// <summary>Keeps the bytes behind the last sealed row for the next batch, and reads no more at once than a batch holds.</summary>
    void Keep(RowBatch batch, int used)
    {
        carried = batch.Length - used;
        if (carry.Length < carried) carry = new byte[Math.Max(carried, BlockSize)];
        Buffer.BlockCopy(batch.Buffer, used, carry, 0, carried);
        block = batch.IsFull ? Math.Clamp(used + used / 8, 4096, BlockSize) : BlockSize;
    }

    public ValueTask DisposeAsync() => utf8.DisposeAsync();
}
