namespace Etl.Normalise;

/// <summary>What counts as white space or as nothing at all in received UTF-8.</summary>
static class Blank
{
    /// <summary>
    /// Length in bytes of the blank or invisible character at the start of <paramref name="utf8"/>, 0 where there is none.
    /// A soft hyphen (U+00AD) is not one: in text typed in a TCVN3 font it is the letter ư.
    /// </summary>
    /// <param name="utf8">Text; need not be valid.</param>
    /// <param name="invisible">True where the character has no width: it separates nothing.</param>
    public static int At(ReadOnlySpan<byte> utf8, out bool invisible)
    {
        invisible = false;
        if (utf8.Length == 0) return 0;
        var first = utf8[0];
        if (first <= 0x20 || first == 0x7F) return 1;
        if (first == 0xC2) return utf8.Length > 1 && utf8[1] is 0xA0 or 0x85 ? 2 : 0; // NBSP, NEL
        if (utf8.Length < 3) return 0;
        return first switch
        {
            0xE2 => InGeneralPunctuation(utf8[1], utf8[2], out invisible),
            0xE3 => utf8[1] == 0x80 && utf8[2] == 0x80 ? 3 : 0, // ideographic space
            0xEF => (invisible = utf8[1] == 0xBB && utf8[2] == 0xBF) ? 3 : 0, // BOM
            _ => 0,
        };
    }

    /// <summary>Without the blank and invisible characters at both ends; the same bytes, a narrower view.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8)
    {
        int length;
        while ((length = At(utf8, out _)) > 0) utf8 = utf8[length..];
        while (utf8.Length > 0)
        {
            var last = utf8[^1];
            if (last <= 0x20 || last == 0x7F) length = 1;
            else if (last < 0x80) break;
            else if (utf8.Length >= 2 && At(utf8[^2..], out _) == 2) length = 2;
            else if (utf8.Length >= 3 && At(utf8[^3..], out _) == 3) length = 3;
            else break;
            utf8 = utf8[..^length];
        }
        return utf8;
    }

    static int InGeneralPunctuation(byte second, byte third, out bool invisible)
    {
        invisible = second == 0x80 && third is >= 0x8B and <= 0x8F || second == 0x81 && third is >= 0xA0 and <= 0xA4;
        if (invisible) return 3; // U+200B–200F, U+2060–2064
        return second == 0x80 && third is >= 0x80 and <= 0x8A or 0xA8 or 0xA9 or 0xAF || second == 0x81 && third == 0x9F ? 3 : 0;
    }
}
