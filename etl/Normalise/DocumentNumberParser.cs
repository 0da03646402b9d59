using System.Buffers.Text;
using System.Text;

namespace Etl.Normalise;

/// <summary>
/// Reads document numbers from UTF-8 without allocating: number, "/" or "-", perhaps a year, and a symbol of letters, digits,
/// "&amp;" and "." in parts joined by "-" or "/". Blanks beside the signs and "Số:" in front do not matter, small letters become
/// capitals, all hyphens and dashes "-". A symbol without a letter is none, so that 24/3/2023 stays a date.
/// </summary>
/// <remarks>
/// Slips put right, because D for Đ in them has no other meaning: parts CD, QD, HDND become CĐ, QĐ, HĐND, and ND becomes NĐ before
/// CP; Ð (U+00D0) and Ɖ (U+0189) become Đ. HD stays: it is hướng dẫn.
/// </remarks>
public static class DocumentNumberParser
{
    /// <summary>Bytes that a canonical number has at most; what is longer is no document number.</summary>
    public const int Longest = 96;

    const string Reason = "is not a document number (1204/UBND-KSTT)";

    /// <summary>Reads a number.</summary>
    /// <param name="utf8">Clean text (<see cref="Text.Clean"/>): NFC.</param>
    /// <param name="canonical">At least <see cref="Longest"/> bytes; receives the canonical form.</param>
    /// <returns>Null, or why it is no document number.</returns>
    public static string? Parse(ReadOnlySpan<byte> utf8, Span<byte> canonical, out DocumentNumberParts parts)
    {
        parts = default;
        var rest = WithoutLabel(utf8);
        if (!TakeNumber(ref rest, 6, out var number) || !TakeJoint(ref rest, out var joint)) return Reason;
        int? year = null;
        var before = rest;
        if (joint == '/' && TakeNumber(ref rest, 4, out var inside) && inside is >= 1900 and <= 2099 && TakeJoint(ref rest, out var second))
            (year, joint) = (inside, second);
        else rest = before;
        Utf8Formatter.TryFormat(number, canonical, out var length);
        if (year is { } between)
        {
            canonical[length++] = (byte)'/';
            Utf8Formatter.TryFormat(between, canonical[length..], out var digits);
            length += digits;
        }
        canonical[length++] = joint;
        var start = length;
        var flaws = DocumentFlaws.None;
        if (!TrySymbol(rest, canonical, ref length, ref flaws)) return Reason;
        if (DocumentSymbol.HasLostHyphen(canonical[start..length])) flaws |= DocumentFlaws.HyphenLost;
        parts = new(number, year, start, length, flaws);
        return null;
    }

    /// <summary>Without "Số:" or "Số" in front.</summary>
    static ReadOnlySpan<byte> WithoutLabel(ReadOnlySpan<byte> utf8)
    {
        var rest = Blank.Trim(utf8);
        if (!rest.StartsWith("Số"u8) && !rest.StartsWith("số"u8) && !rest.StartsWith("SỐ"u8)) return rest;
        rest = Blank.Trim(rest["Số"u8.Length..]);
        return rest.StartsWith(":"u8) ? Blank.Trim(rest[1..]) : rest;
    }

    static bool TakeNumber(ref ReadOnlySpan<byte> rest, int most, out int number)
    {
        number = 0;
        var digits = 0;
        for (; digits < rest.Length && digits <= most && (uint)(rest[digits] - '0') <= 9; digits++) number = number * 10 + rest[digits] - '0';
        rest = rest[digits..];
        return digits > 0 && digits <= most;
    }

    /// <summary>"/" or a hyphen, with blanks around it.</summary>
    static bool TakeJoint(ref ReadOnlySpan<byte> rest, out byte joint)
    {
        joint = 0;
        rest = Blank.Trim(rest);
        if (rest.IsEmpty) return false;
        Rune.DecodeFromUtf8(rest, out var rune, out var length);
        joint = rune.Value == '/' ? (byte)'/' : IsHyphen(rune.Value) ? (byte)'-' : (byte)0;
        rest = Blank.Trim(rest[length..]);
        return joint != 0;
    }

    static bool IsHyphen(int rune) => rune is '-' or >= 0x2010 and <= 0x2015 or 0x2212 or 0x00AD;

    /// <summary>True before a sign that may have blanks beside it.</summary>
    static bool IsSign(ReadOnlySpan<byte> rest)
    {
        Rune.DecodeFromUtf8(rest, out var rune, out _);
        return rune.Value is '/' or '&' || IsHyphen(rune.Value);
    }

    static bool TrySymbol(ReadOnlySpan<byte> rest, Span<byte> canonical, ref int length, ref DocumentFlaws flaws)
    {
        var start = length;
        var part = length; // where the part being written starts
        var letters = false;
        while (!rest.IsEmpty)
        {
            if (length > Longest - 8) return false; // room for one more letter and two corrections
            Rune.DecodeFromUtf8(rest, out var rune, out var size);
            if (rune.Value == '/' || IsHyphen(rune.Value))
            {
                if (length == part || !TakeJoint(ref rest, out var joint) || rest.IsEmpty) return false;
                DocumentSymbol.Correct(canonical, part, ref length, ref flaws);
                canonical[length++] = joint;
                part = length;
                continue;
            }
            if (Blank.At(rest, out _) > 0)
            {
                rest = Blank.Trim(rest);
                if (!IsSign(rest)) return false; // two words are no symbol
                continue;
            }
            rest = rest[size..];
            var written = Upper(rune, canonical[length..]);
            if (written == 0) return false;
            letters |= !char.IsAsciiDigit((char)canonical[length]) && canonical[length] is not ((byte)'&' or (byte)'.');
            length += written;
            if (rune.Value == '&') rest = Blank.Trim(rest);
        }
        if (length == part || !letters) return false;
        DocumentSymbol.Correct(canonical, part, ref length, ref flaws);
        DocumentSymbol.CorrectDecree(canonical, start, ref length, ref flaws);
        return true;
    }

    /// <summary>Writes a letter as a capital, a digit, "&amp;" or "." as it is; 0 where the character has no place in a symbol.</summary>
    static int Upper(Rune rune, Span<byte> into)
    {
        if (rune.IsAscii)
        {
            var code = (byte)rune.Value;
            if (code is >= (byte)'a' and <= (byte)'z') code &= 0xDF;
            into[0] = code;
            return code is >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9' or (byte)'&' or (byte)'.' ? 1 : 0;
        }
        if (rune.Value is 0xD0 or 0xF0 or 0x189 or 0x256) rune = new Rune('Đ');
        return Rune.IsLetter(rune) ? Rune.ToUpperInvariant(rune).EncodeToUtf8(into) : 0;
    }
}
