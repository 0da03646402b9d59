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
    const byte Gone = 0, Parting = 1;

    // Folded form of U+0080–024F and of U+1E00–1EFF: a lower-case ASCII letter, Gone, or Parting.
    static readonly byte[] Latin = MakeTable(0x80, 0x24F), LatinAdditional = MakeTable(0x1E00, 0x1EFF);

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
            var first = utf8[i];
            byte letter;
            if (first < 0x80)
            {
                letter = OfAscii(first);
                i++;
                if (letter == (byte)'&')
                {
                    at = Part(folded, at);
                    folded[at++] = (byte)'v';
                    folded[at++] = (byte)'a';
                    letter = Parting;
                }
            }
            else if (first is >= 0xC2 and <= 0xC8 && i + 1 < utf8.Length && (utf8[i + 1] & 0xC0) == 0x80)
            {
                letter = Latin[((first & 0x1F) << 6 | utf8[i + 1] & 0x3F) - 0x80];
                i += 2;
            }
            else if (first == 0xE1 && i + 2 < utf8.Length && utf8[i + 1] is >= 0xB8 and <= 0xBB && (utf8[i + 2] & 0xC0) == 0x80)
            {
                letter = LatinAdditional[(utf8[i + 1] & 3) << 6 | utf8[i + 2] & 0x3F];
                i += 3;
            }
            else
            {
                i += Other(utf8[i..], folded, ref at);
                continue;
            }
            if (letter == Parting) at = Part(folded, at);
            else if (letter != Gone) folded[at++] = letter == (byte)'y' && IsAfterConsonant(folded[..at]) ? (byte)'i' : letter;
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

    static byte OfAscii(byte code) => code switch
    {
        >= (byte)'a' and <= (byte)'z' or >= (byte)'0' and <= (byte)'9' or (byte)'&' => code,
        >= (byte)'A' and <= (byte)'Z' => (byte)(code | 0x20),
        _ => Parting,
    };

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

    /// <summary>A character of another script, a combining mark, a sign: the slow path.</summary>
    static int Other(ReadOnlySpan<byte> utf8, Span<byte> folded, ref int at)
    {
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
                '\u00AD' => Gone,
                _ => char.IsAsciiLetter(plain) ? (byte)plain : Parting,
            };
        }
        return table;
    }
}
