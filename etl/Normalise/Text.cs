using System.Text;
using System.Text.Unicode;

namespace Etl.Normalise;

/// <summary>What a text column holds, and so how its inner blanks are treated.</summary>
public enum TextKind
{
    /// <summary>Running text: inner blanks and line breaks stay as received.</summary>
    Free,
    /// <summary>A name or a code: inner runs of white space become one blank, characters without width go.</summary>
    Name,
}

/// <summary>
/// Received UTF-8 to clean text: valid, NFC, without blanks at its ends. Text that is clean already (nearly all of it)
/// is proved so in one pass over its bytes and returned as a slice; only the rest allocates.
/// </summary>
/// <remarks>
/// Soft hyphens stay: text typed in a TCVN3 font writes ư so, and <see cref="Encodings.Repair(ReadOnlySpan{byte}, OldFont)"/>
/// may come later. <see cref="Folding"/> drops them.
/// </remarks>
public static class Text
{
    /// <summary>Trims, proves or makes NFC, and repairs UTF-8 that was read as windows-1252 where that is unambiguous.</summary>
    public static CleanText Clean(ReadOnlySpan<byte> received, TextKind kind = TextKind.Free)
    {
        var trimmed = Blank.Trim(received);
        return IsClean(trimmed, kind) ? CleanText.Of(trimmed) : Rework(trimmed, kind);
    }

    /// <summary>
    /// True where the bytes prove themselves clean: valid UTF-8 of Latin letters up to U+02FF, U+1E00–1EFF (the Vietnamese
    /// letters) and punctuation U+2002–203F, none of which combines with a neighbour. False means "not proved".
    /// </summary>
    static bool IsClean(ReadOnlySpan<byte> utf8, TextKind kind)
    {
        var name = kind == TextKind.Name;
        if (Ascii.IsValid(utf8)) // codes, dates, numbers: these searches look at many bytes at a time
            return name ? !utf8.ContainsAnyInRange((byte)0, (byte)0x1F) && utf8.IndexOf("  "u8) < 0 : !utf8.Contains((byte)0);
        var blank = false;
        for (var i = 0; i < utf8.Length;)
        {
            var first = utf8[i];
            if (first < 0x80)
            {
                if (first <= 0x20)
                {
                    if (first == 0 || name && (blank || first != 0x20)) return false;
                    blank = true;
                }
                else blank = false;
                i++;
                continue;
            }
            blank = false;
            var length = Proved(utf8[i..], name);
            if (length == 0) return false;
            i += length;
        }
        return true;
    }

    /// <summary>Length of the character at the start where it is known to be clean, else 0.</summary>
    static int Proved(ReadOnlySpan<byte> utf8, bool name)
    {
        var first = utf8[0];
        if (first is >= 0xC2 and <= 0xCB)
        {
            if (utf8.Length < 2 || (utf8[1] & 0xC0) != 0x80) return 0;
            if (name && first == 0xC2 && utf8[1] is 0xA0 or 0x85) return 0;
            // Ã, Ä, Æ, Â, á or â before another non-ASCII character: hardly Vietnamese, but what UTF-8 read as 1252 looks like.
            return first == 0xC3 && utf8.Length > 2 && utf8[2] >= 0x80 && utf8[1] is 0x82 or 0x83 or 0x84 or 0x86 or 0xA1 or 0xA2 ? 0 : 2;
        }
        if (utf8.Length < 3 || (utf8[2] & 0xC0) != 0x80) return 0;
        if (first == 0xE1) return utf8[1] is >= 0xB8 and <= 0xBB ? 3 : 0;
        if (first != 0xE2 || utf8[1] != 0x80 || utf8[2] is 0x80 or 0x81) return 0; // U+2000 and U+2001 are not NFC
        return name && utf8[2] is < 0x90 or 0xA8 or 0xA9 or 0xAF ? 0 : 3;
    }

    static CleanText Rework(ReadOnlySpan<byte> utf8, TextKind kind)
    {
        if (!Utf8.IsValid(utf8)) return CleanText.Bad("is not valid UTF-8");
        if (utf8.Contains((byte)0)) return CleanText.Bad("holds a NUL character");
        var text = Encoding.UTF8.GetString(utf8);
        if (text.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') >= 0) return CleanText.Bad("holds U+FFFE or U+FFFF, which are no characters");
        var repaired = Mojibake.Repair(text);
        var bytes = repaired is null ? utf8.ToArray() : Encoding.UTF8.GetBytes(repaired);
        var narrowed = Blank.Trim(kind == TextKind.Name ? SingleBlanks(bytes) : bytes);
        var composed = Encoding.UTF8.GetString(narrowed).Normalize(NormalizationForm.FormC);
        return CleanText.Of(Encoding.UTF8.GetBytes(composed), repaired is not null);
    }

    /// <summary>Closes up in place: each run of white space becomes one blank, invisible characters go.</summary>
    static ReadOnlySpan<byte> SingleBlanks(Span<byte> utf8)
    {
        var written = 0;
        for (var i = 0; i < utf8.Length;)
        {
            var length = Blank.At(utf8[i..], out var invisible);
            if (length == 0) utf8[written++] = utf8[i++];
            else
            {
                if (!invisible && (written == 0 || utf8[written - 1] != ' ')) utf8[written++] = (byte)' ';
                i += length;
            }
        }
        return utf8[..written];
    }
}
