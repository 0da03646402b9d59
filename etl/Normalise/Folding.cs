using System.Globalization;
using System.Text;

namespace Etl.Normalise;

/// <summary>
/// The search key of a name: lower case, no marks, đ as d, one blank between words and no punctuation, so that
/// "Sở TN&amp;MT", "Sở TN và MT" and "SỞ TN &amp; MT" have one key. Searching folds what is searched for the same way.
/// </summary>
/// <remarks>
/// "&amp;" is written "va". Tone placement (hòa, hoà) and NFD go with the marks. i and y: a y right after a consonant, or after
/// "qu", becomes i (kỹ/kĩ, tỷ/tỉ, quý/quí), elsewhere it is a sound of its own (tay, y tế, thủy); the rule looks only
/// backwards, so the key of a word's beginning is the beginning of the word's key. Đ look-alikes (U+00D0, U+0189) are đ.
/// Soft hyphens and characters without width vanish; every other sign parts words. Scripts beyond Latin are put in lower case.
/// </remarks>
public static class Folding
{
    const byte Unknown = 0, Parting = 1;

    // Folded forms of ASCII, U+0080–024F and U+1E00–1EFF: a lower-case ASCII letter or digit, Parting, or Unknown.
    static readonly byte[] Ascii = MakeTable(0, 0x7F), Latin = MakeTable(0x80, 0x24F), LatinAdditional = MakeTable(0x1E00, 0x1EFF);

    /// <summary>Bytes that folding this many can need.</summary>
    public static int RoomFor(int utf8Length) => 3 * utf8Length + 8;

    /// <summary>Folds without allocating.</summary>
    /// <param name="utf8">Any bytes; what is not valid UTF-8 parts words.</param>
    /// <param name="folded">At least <see cref="RoomFor"/> long.</param>
    /// <returns>Bytes written.</returns>
    public static int Fold(ReadOnlySpan<byte> utf8, Span<byte> folded)
    {
        var at = 0;
        for (var i = 0; i < utf8.Length;)
        {
            var letter = utf8[i] < 0x80 ? Ascii[utf8[i]] : TableLetter(utf8[i..]);
            if (letter >= (byte)'0')
            {
                if (letter == (byte)'y' && IsAfterConsonant(folded[..at])) letter = (byte)'i';
                folded[at++] = letter;
                i += Length(utf8[i]);
            }
            else if (letter == Parting)
            {
                at = Part(folded, at);
                i += Length(utf8[i]);
            }
            else i += Other(utf8[i..], folded, ref at);
        }
        return at > 0 && folded[at - 1] == ' ' ? at - 1 : at;
    }

    /// <summary>As <see cref="Fold(ReadOnlySpan{byte}, Span{byte})"/>, for what is not done for every row.</summary>
    public static string Fold(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var folded = new byte[RoomFor(utf8.Length)];
        return Encoding.UTF8.GetString(folded, 0, Fold(utf8, folded));
    }

    /// <summary>Folded form of a letter that the tables have; <see cref="Unknown"/> for all else.</summary>
    static byte TableLetter(ReadOnlySpan<byte> utf8)
    {
        var first = utf8[0];
        if (first is >= 0xC2 and <= 0xC8)
            return utf8.Length > 1 && (utf8[1] & 0xC0) == 0x80 ? Latin[((first & 0x1F) << 6 | utf8[1] & 0x3F) - 0x80] : Unknown;
        return first == 0xE1 && utf8.Length > 2 && utf8[1] is >= 0xB8 and <= 0xBB && (utf8[2] & 0xC0) == 0x80
            ? LatinAdditional[(utf8[1] & 3) << 6 | utf8[2] & 0x3F]
            : Unknown;
    }

    /// <summary>Length of a character that stands in a table, by its first byte.</summary>
    static int Length(byte first) => first < 0x80 ? 1 : first < 0xE0 ? 2 : 3;

    /// <summary>Ends a word, unless none has begun since the last blank.</summary>
    static int Part(Span<byte> folded, int at)
    {
        if (at > 0 && folded[at - 1] != ' ') folded[at++] = (byte)' ';
        return at;
    }

    static bool IsAfterConsonant(ReadOnlySpan<byte> before)
    {
        if (before.Length == 0) return false;
        var last = before[^1];
        if (last == (byte)'u') return before.Length > 1 && before[^2] == (byte)'q';
        return last is >= (byte)'b' and <= (byte)'z' and not ((byte)'e' or (byte)'i' or (byte)'o' or (byte)'y');
    }

    /// <summary>"&amp;", a soft hyphen, a character of another script, a combining mark, a sign: the slow path.</summary>
    /// <returns>Length of the character.</returns>
    static int Other(ReadOnlySpan<byte> utf8, Span<byte> folded, ref int at)
    {
        if (utf8[0] == (byte)'&')
        {
            at = Part(folded, at);
            "va "u8.CopyTo(folded[at..]);
            at += 3;
            return 1;
        }
        Rune.DecodeFromUtf8(utf8, out var rune, out var length); // an invalid byte gives U+FFFD, which parts words
        var category = Rune.GetUnicodeCategory(rune);
        if (rune.Value is 0x256) folded[at++] = (byte)'d';
        else if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) return length;
        else if (!Rune.IsLetterOrDigit(rune)) at = Part(folded, at);
        else
        {
            var lower = Rune.ToLowerInvariant(rune);
            at += (lower.Utf8SequenceLength <= length ? lower : rune).EncodeToUtf8(folded[at..]);
        }
        return length;
    }

    static byte[] MakeTable(int from, int to)
    {
        var table = new byte[to - from + 1];
        for (var code = from; code <= to; code++)
        {
            var plain = char.ToLowerInvariant(((char)code).ToString().Normalize(NormalizationForm.FormD)[0]);
            table[code - from] = plain switch
            {
                'đ' or 'ð' or '\u0256' => (byte)'d',
                'ø' => (byte)'o',
                'ł' => (byte)'l',
                'ı' => (byte)'i',
                'æ' => (byte)'a',
                'ß' or 'ſ' => (byte)'s',
                '\u00AD' or '&' => Unknown,
                _ => char.IsAsciiLetterOrDigit(plain) ? (byte)plain : Parting,
            };
        }
        return table;
    }
}
