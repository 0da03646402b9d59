using System.Text;

namespace Etl.Normalise;

/// <summary>What is odd about a document number that was read all the same.</summary>
[Flags]
public enum DocumentFlaws
{
    None = 0,
    /// <summary>A known slip was put right: "280/CD-TTg" is CĐ-TTg.</summary>
    Corrected = 1,
    /// <summary>Type and issuer stand together without a hyphen ("1961/QĐUBND"), kept as they are.</summary>
    HyphenLost = 2,
}

/// <summary>
/// Number and symbol of a document: "1680 /UBND-NC" is 1680, UBND-NC. Numbers restart every year at every issuer, so the
/// key of a document is issuer, number, symbol and year; 07/BC-VP and 7/BC-VP are the same.
/// </summary>
/// <param name="Year">The year inside the number ("74/2022/QH15"); null where there is none.</param>
/// <param name="Symbol">Capitals, NFC, hyphens as "-".</param>
/// <param name="Canonical">The whole in one form, without blanks and leading zeros: "1680/UBND-NC", "684-QĐ/TU".</param>
public readonly record struct DocumentNumber(int Number, int? Year, string Symbol, string Canonical, DocumentFlaws Flaws)
{
    /// <summary>Reads a number that need not be clean text.</summary>
    public static Parsed<DocumentNumber> Parse(string text)
    {
        var clean = Text.Clean(Encoding.UTF8.GetBytes(text), TextKind.Name);
        if (!clean.Ok) return Parsed<DocumentNumber>.Bad(clean.Reason!);
        Span<byte> canonical = stackalloc byte[DocumentNumberParser.Longest];
        if (DocumentNumberParser.Parse(clean.Utf8, canonical, out var parts) is { } reason) return Parsed<DocumentNumber>.Bad(reason);
        var symbol = Encoding.UTF8.GetString(parts.Symbol(canonical));
        return Parsed<DocumentNumber>.Of(new(parts.Number, parts.Year, symbol, Encoding.UTF8.GetString(canonical[..parts.Length]), parts.Flaws));
    }
}

/// <summary>Where the parts of a document number lie in the canonical bytes.</summary>
public readonly record struct DocumentNumberParts(int Number, int? Year, int SymbolStart, int Length, DocumentFlaws Flaws)
{
    /// <summary>The symbol's bytes.</summary>
    /// <param name="canonical">The span that the parser wrote to.</param>
    public ReadOnlySpan<byte> Symbol(ReadOnlySpan<byte> canonical) => canonical[SymbolStart..Length];
}
