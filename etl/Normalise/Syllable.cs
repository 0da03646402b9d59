namespace Etl.Normalise;

/// <summary>
/// Tells a Vietnamese syllable from letters in the wrong encoding. Spelling is so regular (onset, vowels with at most one
/// tone, coda) that a wrong table gives hardly any word that passes; guesses about encodings rest on this.
/// </summary>
static class Syllable
{
    static readonly string[] Onsets =
        ["", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"];

    static readonly string[] Codas = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

    static readonly HashSet<string> Nuclei = [.. (
        "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôi ơi ua uâ uê ui uô uơ uy ưa ưi ươ ưu yê " +
        "iêu oai oao oay oeo uây uôi uya uyê uyu ươi ươu yêu").Split(' ')];

    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> NucleiBySpan = Nuclei.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for one syllable in NFC, any case: "trường", "Và", "GIỜ".</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > 7) return false; // the longest is "nghiêng"
        Span<char> plain = stackalloc char[7];
        plain = plain[..word.Length];
        var tones = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (!Vietnamese.TryTakeApart(word[i], out plain[i], out var tone)) return false;
            if (tone > 0) tones++;
        }
        return tones <= 1 && HasParts(plain);
    }

    /// <summary>An abbreviation with Đ such as "QĐ" or "TĐKT": capital consonants only.</summary>
    public static bool IsAbbreviation(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
            if (letter != 'Đ' && letter is < 'A' or > 'Z') return false;
        return word.Length > 1;
    }

    static bool HasParts(ReadOnlySpan<char> plain)
    {
        foreach (var onset in Onsets)
        {
            if (!plain.StartsWith(onset)) continue;
            var rest = plain[onset.Length..];
            foreach (var coda in Codas)
                if (rest.EndsWith(coda) && NucleiBySpan.Contains(rest[..^coda.Length])) return true;
        }
        return false;
    }
}
