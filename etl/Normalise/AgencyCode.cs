namespace Etl.Normalise;

/// <summary>
/// The electronic identification code of an agency (mã định danh điện tử, Decision 20/2020/QĐ-TTg): level 1 first, "H27.01".
/// Codes of before 2020 (QCVN 102:2016) have it last and are padded with zeros: "000.00.01.H27".
/// </summary>
/// <remarks>
/// That old codes turn into new ones by reversal is known of Hà Tĩnh's Office (000.00.01.H27 → H27.01) and assumed of the
/// others: check against the published catalogue. Level-1 codes of provinces merged away in 2025 are closed, not converted.
/// </remarks>
public static class AgencyCode
{
    /// <summary>The code in its present shape: upper case, level 1 first, no empty levels at the end.</summary>
    public static Parsed<string> Parse(string text)
    {
        var parts = text.Trim().ToUpperInvariant().Split('.');
        if (parts.Length > 1 && IsLevelOne(parts[^1]) && !IsLevelOne(parts[0])) Array.Reverse(parts);
        var used = parts.Length;
        while (used > 1 && parts[used - 1].Length > 0 && parts[used - 1].All(digit => digit == '0')) used--;
        if (parts.Length > 4 || !IsLevelOne(parts[0]) || !parts.Skip(1).All(IsLowerLevel))
            return Parsed<string>.Bad("is not an agency code (H27.01 or 000.00.01.H27)");
        return Parsed<string>.Of(string.Join('.', parts[..used]));
    }

    static bool IsLevelOne(string part) => part.Length == 3 && char.IsAsciiLetterUpper(part[0]) && char.IsAsciiDigit(part[1]) && char.IsAsciiDigit(part[2]);

    static bool IsLowerLevel(string part) => part.Length is 2 or 3 && part.All(char.IsAsciiDigit);
}
