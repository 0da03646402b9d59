using System.Text;
using System.Text.Unicode;

namespace Etl.Sources;

/// <summary>Turns a text file of any encoding into UTF-8.</summary>
/// <param name="open">Opens the file's bytes (unpacked) from the start; may be called more than once, so the whole file can be looked at first.</param>
/// <param name="declared">The encoding that the feed names, or null.</param>
/// <exception cref="SourceException">The encoding is unknown (Configuration) or the bytes are in none that is (Data).</exception>
public delegate ValueTask<DecodedText> DecodeText(Func<Stream> open, string? declared, CancellationToken cancel);

/// <summary>A file's text as UTF-8 (a byte order mark may lead), and what is worth telling about how it was found.</summary>
public sealed record DecodedText(Stream Utf8, string? Note = null);

/// <summary>What a CSV folder uses where it is given nothing better: the byte order mark, else the declared code page, else UTF-8.</summary>
public static class PlainDecoding
{
    const int Head = 64 * 1024;

    static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8),
        ([0xFF, 0xFE, 0, 0], Encoding.UTF32),
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    public static async ValueTask<DecodedText> DecodeAsync(Func<Stream> open, string? declared, CancellationToken cancel)
    {
        var head = new byte[Head];
        int length;
        await using (var first = open()) length = await first.ReadAtLeastAsync(head, Head, throwOnEndOfStream: false, cancel);
        var text = head.AsMemory(0, length);

        var mark = Array.Find(Marks, each => text.Span.StartsWith(each.Mark));
        var encoding = mark.Encoding ?? (declared is null ? Encoding.UTF8 : Named(declared));
        if (encoding.CodePage == Encoding.UTF8.CodePage)
        {
            if (FirstInvalid(text.Span) is not { } at) return new(open());
            throw new SourceException(SourceFault.Data, $"byte 0x{text.Span[at]:X2} at offset {at} is not UTF-8; name the file's encoding in the feed");
        }
        // The transcoder passes the mark on as U+FEFF, which the reader drops like that of UTF-8.
        return new(Encoding.CreateTranscodingStream(open(), encoding, Encoding.UTF8), $"read as {encoding.WebName}");
    }

    static Encoding Named(string declared)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(declared);
        }
        catch (ArgumentException)
        {
            throw new SourceException(SourceFault.Configuration, $"encoding '{declared}' is not known");
        }
    }

    /// <summary>Offset of the first byte that is no UTF-8; a character cut off by the end of the head is none of these.</summary>
    static int? FirstInvalid(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text)) return null;
        for (var at = 0; at < text.Length;)
        {
            var status = Rune.DecodeFromUtf8(text[at..], out _, out var used);
            if (status == System.Buffers.OperationStatus.NeedMoreData) return null;
            if (status != System.Buffers.OperationStatus.Done) return at;
            at += used;
        }
        return null;
    }
}
