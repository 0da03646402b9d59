namespace Etl.Normalise;

/// <summary>What is known of the symbols of documents: slips to put right, and types and issuers to tell a lost hyphen by.</summary>
static class DocumentSymbol
{
    /// <summary>Puts right the part that was just written, where it is a known slip.</summary>
    public static void Correct(Span<byte> canonical, int start, ref int length, ref DocumentFlaws flaws)
    {
        var part = canonical[start..length];
        if (part.SequenceEqual("CD"u8) || part.SequenceEqual("QD"u8)) Stroke(canonical, start + 1, ref length, ref flaws);
        else if (part.SequenceEqual("HDND"u8)) Stroke(canonical, start + 1, ref length, ref flaws);
    }

    /// <summary>"ND-CP" is a decree, NĐ-CP; ND elsewhere may be a drafting unit.</summary>
    public static void CorrectDecree(Span<byte> canonical, int start, ref int length, ref DocumentFlaws flaws)
    {
        if (canonical[start..length].SequenceEqual("ND-CP"u8)) Stroke(canonical, start + 1, ref length, ref flaws);
    }

    /// <summary>Type and issuer in one part without a hyphen.</summary>
    public static bool HasLostHyphen(ReadOnlySpan<byte> symbol)
    {
        if (symbol.ContainsAny((byte)'-', (byte)'/')) return false;
        var issuer = symbol.EndsWith("UBND"u8) || symbol.EndsWith("HĐND"u8) || symbol.EndsWith("TTG"u8) || symbol.EndsWith("CP"u8);
        var type = symbol.StartsWith("QĐ"u8) || symbol.StartsWith("QD"u8) || symbol.StartsWith("CT"u8) || symbol.StartsWith("KH"u8) || symbol.StartsWith("BC"u8)
            || symbol.StartsWith("TB"u8) || symbol.StartsWith("NQ"u8) || symbol.StartsWith("CV"u8) || symbol.StartsWith("NĐ"u8) || symbol.StartsWith("CĐ"u8);
        return type && issuer;
    }

    /// <summary>Makes the D at a place a Đ, which is one byte longer.</summary>
    static void Stroke(Span<byte> canonical, int at, ref int length, ref DocumentFlaws flaws)
    {
        canonical[(at + 1)..length].CopyTo(canonical[(at + 2)..]);
        "Đ"u8.CopyTo(canonical[at..]);
        length++;
        flaws |= DocumentFlaws.Corrected;
    }
}
