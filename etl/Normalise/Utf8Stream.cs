namespace Etl.Normalise;

/// <summary>Turns the bytes of another encoding into UTF-8, piece by piece.</summary>
interface IUtf8Decoder
{
    /// <summary>Bytes of UTF-8 that this many more bytes can become at most, with what is held back.</summary>
    int RoomFor(int input);

    /// <summary>Decodes; may hold back what the next piece can change, unless it is the last.</summary>
    /// <returns>Bytes written.</returns>
    int Decode(ReadOnlySpan<byte> input, Span<byte> utf8, bool last);
}

/// <summary>Reads a stream in another encoding as UTF-8; forward only. Disposes the inner stream.</summary>
/// <param name="preamble">Bytes at the start to skip: a byte order mark.</param>
/// <param name="decoder">Null lets the bytes pass: they are UTF-8.</param>
sealed class Utf8Stream(Stream inner, int preamble, IUtf8Decoder? decoder) : Stream
{
    const int Piece = 32 * 1024;

    readonly byte[] received = new byte[Piece];
    byte[] decoded = [];
    int start, end, skip = preamble;
    bool ended;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (start == end && !ended) Take(inner.Read(received));
        return Give(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
    {
        while (start == end && !ended) Take(await inner.ReadAsync(received, cancel));
        return Give(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel) =>
        ReadAsync(buffer.AsMemory(offset, count), cancel).AsTask();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Decodes a piece of <see cref="received"/>; none means the end.</summary>
    void Take(int length)
    {
        ended = length == 0;
        var skipped = Math.Min(skip, length);
        skip -= skipped;
        var piece = received.AsSpan(skipped, length - skipped);
        var room = decoder?.RoomFor(piece.Length) ?? piece.Length;
        if (decoded.Length < room) decoded = new byte[room];
        start = 0;
        if (decoder is not null) end = decoder.Decode(piece, decoded, ended);
        else
        {
            piece.CopyTo(decoded);
            end = piece.Length;
        }
    }

    int Give(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, end - start);
        decoded.AsSpan(start, length).CopyTo(buffer);
        start += length;
        return length;
    }
}
