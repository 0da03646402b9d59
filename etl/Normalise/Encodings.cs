using System.Text;

namespace Etl.Normalise;

/// <summary>An encoding that a file may come in.</summary>
public enum TextEncoding { Utf8, Utf16Le, Utf16Be, Windows1258, Windows1252, Tcvn3, Vni }

/// <summary>The font that text in a cell was typed for. Such text is Unicode in form only: its characters are the font's bytes.</summary>
public enum OldFont
{
    /// <summary>Recognise it, and only where there is hardly a doubt; see <see cref="Encodings.Repair(string, OldFont)"/>.</summary>
    Auto,
    /// <summary>An ABC font (.VnTime, .VnArial …).</summary>
    Tcvn3,
    /// <summary>A VNI font (VNI-Times …).</summary>
    Vni,
}

/// <summary>What a file is written in.</summary>
/// <param name="Preamble">Length in bytes of the byte order mark.</param>
/// <param name="Explanation">How that was found out, in words, for the load's log.</param>
public sealed record FileEncoding(TextEncoding Encoding, int Preamble, string Explanation);

/// <summary>
/// Old and new encodings of Vietnamese text: recognising them, reading them as UTF-8 in NFC, repairing text that was typed
/// for an old font, and (for the demo's files) writing them.
/// </summary>
public static class Encodings
{
    static readonly (string Name, TextEncoding Encoding)[] Names =
    [
        ("utf-8", TextEncoding.Utf8), ("utf-16", TextEncoding.Utf16Le), ("utf-16le", TextEncoding.Utf16Le), ("utf-16be", TextEncoding.Utf16Be),
        ("windows-1258", TextEncoding.Windows1258), ("windows-1252", TextEncoding.Windows1252), ("tcvn3", TextEncoding.Tcvn3), ("vni", TextEncoding.Vni),
    ];

    /// <summary>The encoding that a feed names.</summary>
    public static Parsed<TextEncoding> Named(string name)
    {
        foreach (var (known, encoding) in Names)
            if (known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) return Parsed<TextEncoding>.Of(encoding);
        return Parsed<TextEncoding>.Bad($"is not an encoding ({string.Join(", ", Names.Select(known => known.Name))})");
    }

    /// <inheritdoc cref="EncodingDetector.Detect"/>
    public static Parsed<FileEncoding> Detect(ReadOnlySpan<byte> head, bool complete, TextEncoding? setting = null, TextEncoding? declared = null) =>
        EncodingDetector.Detect(head, complete, setting, declared);

    /// <summary>
    /// A stream of UTF-8 without byte order mark, composed (NFC) wherever the source's encoding is not UTF-8 itself; UTF-8
    /// passes as it is. It owns <paramref name="stream"/>, which must stand at its start.
    /// </summary>
    public static Stream Decode(Stream stream, FileEncoding encoding) => new Utf8Stream(stream, encoding.Preamble, encoding.Encoding switch
    {
        TextEncoding.Utf8 => null,
        TextEncoding.Utf16Le => new Utf16Decoder(Encoding.Unicode),
        TextEncoding.Utf16Be => new Utf16Decoder(Encoding.BigEndianUnicode),
        _ => new CodePageDecoder(Page(encoding.Encoding)),
    });

    /// <summary>
    /// Text typed for a TCVN3 or VNI font, as Unicode: "Së Tµi nguyªn" becomes "Sở Tài nguyên". Text that has letters
    /// beyond U+00FF is Unicode already and comes back as it is, and so does text that reads well as it stands.
    /// With <see cref="OldFont.Auto"/> all of this must hold: some word does not read as Vietnamese as it stands; read in
    /// exactly one of the fonts every changed word does; and two words change, or one of three letters or more.
    /// </summary>
    public static string Repair(string cell, OldFont font) => OldFontRepair.Repair(cell, font);

    /// <summary>As the overload for strings; returns <paramref name="cell"/> itself, without allocating, where it is Unicode already.</summary>
    /// <param name="cell">Valid UTF-8, before <see cref="Text.Clean"/> or after.</param>
    public static ReadOnlySpan<byte> Repair(ReadOnlySpan<byte> cell, OldFont font)
    {
        if (!OldFontRepair.IsPossible(cell)) return cell;
        var received = Encoding.UTF8.GetString(cell);
        var repaired = OldFontRepair.Repair(received, font);
        return ReferenceEquals(received, repaired) ? cell : Encoding.UTF8.GetBytes(repaired);
    }

    /// <summary>
    /// Text in an old encoding, as files of its time have it. Characters it lacks become '?'. TCVN3 has no capitals with
    /// a tone: they are written with the small letter's code, so reading gives the small letter back (see <see cref="OldFontRepair"/>).
    /// </summary>
    /// <param name="text">Any Unicode text; it is composed first.</param>
    public static byte[] Encode(string text, TextEncoding encoding) => encoding switch
    {
        TextEncoding.Utf8 => Encoding.UTF8.GetBytes(text),
        TextEncoding.Utf16Le => Encoding.Unicode.GetBytes(text),
        TextEncoding.Utf16Be => Encoding.BigEndianUnicode.GetBytes(text),
        TextEncoding.Tcvn3 => CodePages.Tcvn3.Encode(Vietnamese.Compose(text)),
        _ => Page(encoding).Encode(Vietnamese.Compose(text)),
    };

    /// <summary>Text as it stands in a Unicode workbook when it was typed for an old font: each byte a character of windows-1252.</summary>
    /// <exception cref="ArgumentException"><paramref name="font"/> is <see cref="OldFont.Auto"/>.</exception>
    public static string ToOldFont(string text, OldFont font) => font switch
    {
        OldFont.Tcvn3 => string.Concat(Encode(text, TextEncoding.Tcvn3).Select(Windows1252.Character)),
        OldFont.Vni => string.Concat(Encode(text, TextEncoding.Vni).Select(Windows1252.Character)),
        _ => throw new ArgumentException("name the font", nameof(font)),
    };

    /// <summary>Base letters with combining marks (NFD): looks the same, compares unequal.</summary>
    public static string Decompose(string text) => text.Normalize(NormalizationForm.FormD);

    static OldCodePage Page(TextEncoding encoding) => encoding switch
    {
        TextEncoding.Tcvn3 => CodePages.Tcvn5712,
        TextEncoding.Vni => CodePages.Vni,
        TextEncoding.Windows1258 => CodePages.Windows1258,
        _ => CodePages.Western,
    };
}
