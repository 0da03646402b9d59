using System.Text;
using System.Text.Unicode;

namespace Etl.Normalise;

/// <summary>UTF-8 that somebody read as windows-1252 ("Sá»Ÿ" for "Sở").</summary>
static class Mojibake
{
    /// <summary>
    /// The text as it was meant, or null where that is not certain: every character must be a byte of windows-1252, the bytes
    /// together must be valid UTF-8 with at least one letter beyond ASCII, and the result must not contain more of the same
    /// (read wrongly twice) nor control characters. A text damaged since (a NBSP turned into a blank) is left as it is.
    /// </summary>
    public static string? Repair(string text)
    {
        var bytes = text.Length <= 256 ? stackalloc byte[256] : new byte[text.Length];
        var beyond = false;
        for (var i = 0; i < text.Length; i++)
        {
            var code = Windows1252.Code(text[i]);
            if (code < 0) return null;
            beyond |= code >= 0x80;
            bytes[i] = (byte)code;
        }
        bytes = bytes[..text.Length];
        if (!beyond || !Utf8.IsValid(bytes)) return null;
        var meant = Encoding.UTF8.GetString(bytes);
        foreach (var character in meant)
            if (character is >= '\u0080' and < '\u00A0' or '\uFFFD' or '\uFFFE' or '\uFFFF') return null;
        return meant;
    }
}
