using System.Text;

namespace Etl.Normalise;

/// <summary>An old encoding of one or two bytes a letter, composed by its tables.</summary>
sealed class CodePageDecoder(OldCodePage page) : IUtf8Decoder
{
    int held = -1;

    public int RoomFor(int input) => OldCodePage.RoomFor(input);

    public int Decode(ReadOnlySpan<byte> input, Span<byte> utf8, bool last) => page.Decode(input, utf8, ref held, last);
}

/// <summary>
/// UTF-16, composed (NFC). A piece is cut before its last ASCII character, with which nothing combines, and the rest waits
/// for the next; only text without any for <see cref="Patience"/> characters is cut elsewhere. Lone surrogates become U+FFFD.
/// </summary>
sealed class Utf16Decoder(Encoding encoding) : IUtf8Decoder
{
    const int Patience = 64 * 1024;

    readonly Decoder decoder = encoding.GetDecoder();
    readonly StringBuilder waiting = new();

    public int RoomFor(int input) => Encoding.UTF8.GetMaxByteCount((waiting.Length + input / 2 + 2) * 3); // NFC grows text threefold at most

    public int Decode(ReadOnlySpan<byte> input, Span<byte> utf8, bool last)
    {
        var characters = new char[decoder.GetCharCount(input, last)];
        decoder.GetChars(input, characters, last);
        waiting.Append(characters);
        var text = waiting.ToString();
        var cut = last ? text.Length : text.AsSpan().LastIndexOfAnyInRange('\0', '\u007F');
        if (cut < 0) cut = 0;
        if (cut == 0 && text.Length > Patience) cut = text.Length - (char.IsHighSurrogate(text[^1]) ? 1 : 0);
        waiting.Clear().Append(text, cut, text.Length - cut);
        return Encoding.UTF8.GetBytes(Vietnamese.Compose(text[..cut]), utf8);
    }
}
