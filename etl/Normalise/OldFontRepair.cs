using System.Text;

namespace Etl.Normalise;

/// <summary>Recognises and repairs cells typed for a TCVN3 or VNI font.</summary>
/// <remarks>
/// TCVN3 writes a capital with a tone like the small letter; only its capital fonts (.VnTimeH) show it as a capital. It is
/// made a capital again where the cell proves that capitals were typed: some word has such a letter, two plain capitals
/// and no plain small letter ("NGUY£N Vµ M¤I TR¦êNG"). A heading typed small in a capital font stays small; folded keys are the same.
/// </remarks>
static class OldFontRepair
{
    /// <summary>False where the bytes show at a glance that nothing is to be repaired: only ASCII, or letters beyond U+00FF.</summary>
    public static bool IsPossible(ReadOnlySpan<byte> utf8)
    {
        if (Ascii.IsValid(utf8)) return false;
        foreach (var code in utf8)
            if (code > 0xC3 && code != 0xE2) return false; // E2: typographic quotes and dashes
        return true;
    }

    public static string Repair(string cell, OldFont font)
    {
        if (Ascii.IsValid(cell) || HasUnicodeLetter(cell)) return cell;
        var suspects = Words(cell).ToList();
        var readsWell = suspects.All(word => Reads(word.Text));
        if (font != OldFont.Auto)
        {
            var decoded = Decode(cell, font, out _);
            return readsWell && !Words(decoded).All(word => Reads(word.Text)) ? cell : decoded;
        }
        if (readsWell || suspects.Count == 0 || suspects.Count == 1 && suspects[0].Text.Length < 3) return cell;
        var candidates = new[] { OldFont.Tcvn3, OldFont.Vni }.Where(candidate => IsConvincing(cell, candidate)).ToList();
        return candidates.Count == 1 ? Decode(cell, candidates[0], out _) : cell;
    }

    /// <summary>How many of the words with letters beyond ASCII there are, and how many read as Vietnamese, when bytes are read so.</summary>
    public static (int Words, int WellFormed) Judge(ReadOnlySpan<byte> bytes, OldCodePage page)
    {
        var utf8 = new byte[OldCodePage.RoomFor(bytes.Length)];
        var held = -1;
        var text = Encoding.UTF8.GetString(utf8.AsSpan(0, page.Decode(bytes, utf8, ref held, last: true)));
        var words = Words(text).ToList();
        return (words.Count, words.Count(word => Reads(word.Text)));
    }

    static bool IsConvincing(string cell, OldFont font)
    {
        var page = font == OldFont.Tcvn3 ? CodePages.Tcvn3 : CodePages.Vni;
        var decoded = Vietnamese.Compose(page.DecodeCharacters(cell, out var unknown));
        return unknown == 0 && Words(decoded).All(word => Reads(word.Text));
    }

    static string Decode(string cell, OldFont font, out int unknown) => font == OldFont.Tcvn3
        ? RaiseCapitals(Vietnamese.Compose(CodePages.Tcvn5712.DecodeCharacters(cell, out unknown)))
        : Vietnamese.Compose(CodePages.Vni.DecodeCharacters(cell, out unknown));

    static bool Reads(string word) => Syllable.IsWellFormed(word) || Syllable.IsAbbreviation(word);

    static bool HasUnicodeLetter(string cell)
    {
        foreach (var character in cell)
            if (character > '\u00FF' && char.IsLetter(character)) return true;
        return false;
    }

    /// <summary>The words that hold something beyond ASCII. In text for an old font signs are letters too, so only ASCII and blanks part words.</summary>
    static IEnumerable<(int Start, string Text)> Words(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var beyond = false;
            for (; i < text.Length && IsInWord(text[i]); i++) beyond |= text[i] > 0x7F;
            if (beyond) yield return (start, text[start..i]);
            if (i == start) i++;
        }
    }

    static bool IsInWord(char character) =>
        char.IsAsciiLetter(character) || character > '\u00A0' && (character <= '\u00FF' || char.IsLetter(character));

    static string RaiseCapitals(string text)
    {
        var words = Words(text).Where(word => !word.Text.Any(IsPlainSmall)).ToList();
        if (!words.Any(word => word.Text.Count(char.IsUpper) >= 2 && word.Text.Any(IsShared))) return text;
        var raised = text.ToCharArray();
        foreach (var (start, word) in words)
            for (var i = 0; i < word.Length; i++) raised[start + i] = char.ToUpperInvariant(word[i]);
        return new string(raised);
    }

    /// <summary>A small letter that has a capital of its own in TCVN3, and so says that the word was not typed in capitals.</summary>
    static bool IsPlainSmall(char letter) => char.IsLower(letter) && !IsShared(letter);

    static bool IsShared(char letter) => Vietnamese.TryTakeApart(letter, out _, out var tone) && tone > 0 && char.IsLower(letter);
}
