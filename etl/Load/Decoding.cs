using Etl.Normalise;
using Etl.Sources;

namespace Etl.Load;

/// <summary>Turns a text file into UTF-8: by the feed's setting, else by what its bytes show (DOMAIN.md 5.1), never by guessing without telling.</summary>
static class Decoding
{
    const int Head = 1024 * 1024;

    /// <inheritdoc cref="DecodeText"/>
    public static async ValueTask<DecodedText> DecodeAsync(Func<Stream> open, string? declared, CancellationToken cancel)
    {
        var head = new byte[Head];
        int length;
        await using (var first = open()) length = await first.ReadAtLeastAsync(head, Head, throwOnEndOfStream: false, cancel);
        var found = Encodings.Detect(head.AsSpan(0, length), complete: length < Head, Setting(declared));
        if (!found.Ok) throw new SourceException(SourceFault.Data, found.Reason!);
        var note = found.Value is { Encoding: TextEncoding.Utf8 } ? null : $"read as {found.Value.Encoding}: {found.Value.Explanation}";
        return new(Encodings.Decode(open(), found.Value), note);
    }

    static TextEncoding? Setting(string? declared)
    {
        if (declared is null or "auto") return null;
        var named = Encodings.Named(declared);
        return named.Ok ? named.Value : throw new SourceException(SourceFault.Configuration, $"encoding '{declared}' {named.Reason}");
    }
}
