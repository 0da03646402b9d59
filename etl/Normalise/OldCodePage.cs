using System.Collections.Frozen;

namespace Etl.Normalise;

/// <summary>
/// An encoding of one or two bytes a letter, as tables: what a byte means alone, and what it means after another.
/// The encoder is the inverse of the decoder, so neither can know a letter that the other does not.
/// </summary>
sealed class OldCodePage
{
    readonly char[] single;
    readonly bool[] known;
    readonly char[]?[] pairs = new char[]?[256]; // by the second byte, then by the first
    readonly FrozenDictionary<char, (byte First, byte Second)> codes; // second 0 = none

    /// <param name="single">For each byte the character it is alone; '\0' where the encoding has none (then it reads as windows-1252).</param>
    /// <param name="letterPairs">Two bytes that are one letter.</param>
    /// <param name="shared">Characters that are written with the code of another: TCVN3's capitals with a tone.</param>
    public OldCodePage(ReadOnlySpan<char> single, IEnumerable<(byte First, byte Second, char Letter)> letterPairs,
        IEnumerable<(char Letter, char Other)>? shared = null)
    {
        this.single = single.ToArray();
        known = new bool[256];
        var inverse = new Dictionary<char, (byte, byte)>();
        foreach (var (first, second, letter) in letterPairs)
        {
            (pairs[second] ??= new char[256])[first] = letter;
            inverse.TryAdd(letter, (first, second));
        }
        for (var code = 0; code < 256; code++)
        {
            known[code] = code < 0x80 || single[code] != 0;
            if (known[code]) inverse.TryAdd(single[code], ((byte)code, 0));
            else this.single[code] = Windows1252.Character((byte)code);
        }
        foreach (var (letter, other) in shared ?? []) inverse.TryAdd(letter, inverse[other]);
        for (var code = 0x80; code < 256; code++) // punctuation goes both ways; a foreign letter would come back as another
            if (!known[code] && !char.IsLetter(this.single[code])) inverse.TryAdd(this.single[code], ((byte)code, 0));
        codes = inverse.ToFrozenDictionary();
    }

    /// <summary>UTF-8 bytes that <paramref name="input"/> bytes can become, one held back from before included.</summary>
    public static int RoomFor(int input) => 3 * (input + 1);

    /// <summary>Decodes to UTF-8.</summary>
    /// <param name="held">The last byte, held back because the next may belong to it; -1 = none. Pass it on from call to call.</param>
    /// <param name="last">Nothing follows: hold nothing back.</param>
    /// <returns>Bytes written.</returns>
    public int Decode(ReadOnlySpan<byte> input, Span<byte> utf8, ref int held, bool last)
    {
        var at = 0;
        foreach (var code in input)
        {
            if (held >= 0)
            {
                var letter = pairs[code] is { } row ? row[held] : '\0';
                if (letter != 0)
                {
                    at += Write(utf8[at..], letter);
                    held = -1;
                    continue;
                }
                at += Write(utf8[at..], single[held]);
            }
            held = code;
        }
        if (last && held >= 0)
        {
            at += Write(utf8[at..], single[held]);
            held = -1;
        }
        return at;
    }

    /// <summary>Decodes text whose characters are the bytes; characters beyond are kept as they are.</summary>
    /// <param name="unknown">Bytes beyond ASCII that the encoding does not have (blanks not counted).</param>
    public string DecodeCharacters(ReadOnlySpan<char> text, out int unknown)
    {
        unknown = 0;
        var letters = new char[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var code = text[i];
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (code > 0xFF) letters[length++] = code;
            else if (next <= 0xFF && pairs[next] is { } row && row[code] != 0)
            {
                letters[length++] = row[code];
                i++;
            }
            else
            {
                if (!known[code] && code > 0xA0) unknown++; // below: quotes and dashes, which no encoding here has letters at
                letters[length++] = single[code];
            }
        }
        return new string(letters, 0, length);
    }

    /// <summary>Encodes NFC text; a character that the encoding lacks becomes '?'.</summary>
    public byte[] Encode(string text)
    {
        var bytes = new List<byte>(text.Length * 2);
        foreach (var letter in text)
        {
            var (first, second) = codes.TryGetValue(letter, out var found) ? found : ((byte)'?', (byte)0);
            bytes.Add(first);
            if (second != 0) bytes.Add(second);
        }
        return [.. bytes];
    }

    static int Write(Span<byte> utf8, char letter)
    {
        if (letter < 0x80)
        {
            utf8[0] = (byte)letter;
            return 1;
        }
        if (letter < 0x800)
        {
            utf8[0] = (byte)(0xC0 | letter >> 6);
            utf8[1] = (byte)(0x80 | letter & 0x3F);
            return 2;
        }
        utf8[0] = (byte)(0xE0 | letter >> 12);
        utf8[1] = (byte)(0x80 | letter >> 6 & 0x3F);
        utf8[2] = (byte)(0x80 | letter & 0x3F);
        return 3;
    }
}
