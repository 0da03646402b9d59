using System.Collections.Frozen;
using System.Text;

namespace Etl.Normalise;

/// <summary>The letters of Vietnamese: which vowel and which tone a letter is made of.</summary>
public static class Vietnamese
{
    const string Vowels = "aăâeêioôơuưy";

    /// <summary>Combining marks of the tones huyền, hỏi, ngã, sắc, nặng.</summary>
    public const string ToneMarks = "\u0300\u0309\u0303\u0301\u0323";

    static readonly FrozenDictionary<char, (char Vowel, int Tone)> Parts = MakeParts();

    /// <summary>The 134 letters that ASCII lacks, both cases, in NFC: 12 vowels with 6 tones and đ, less a e i o u y.</summary>
    public static string Letters { get; } = string.Concat(Parts.Keys.Where(letter => letter > 0x7F).Order());

    /// <summary>The letter without its tone, in lower case, and the tone (0 = none, else 1 + its place in <see cref="ToneMarks"/>).</summary>
    /// <returns>False where the character is no letter of the Vietnamese alphabet (f, j, w and z are none).</returns>
    public static bool TryTakeApart(char letter, out char plain, out int tone)
    {
        if (Parts.TryGetValue(letter, out var parts))
        {
            (plain, tone) = parts;
            return true;
        }
        plain = char.ToLowerInvariant(letter);
        tone = 0;
        return "bcdghklmnpqrstvx".Contains(plain);
    }

    public static bool IsVowel(char plain) => Vowels.Contains(plain);

    /// <summary>Composed text (NFC). Text with U+FFFE or U+FFFF, which the framework refuses to compose, comes back as it is.</summary>
    internal static string Compose(string text) =>
        text.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') >= 0 ? text : text.Normalize(NormalizationForm.FormC);

    static FrozenDictionary<char, (char, int)> MakeParts()
    {
        var parts = new Dictionary<char, (char, int)>();
        foreach (var vowel in Vowels)
            for (var tone = 0; tone <= ToneMarks.Length; tone++)
            {
                var letter = tone == 0 ? vowel : $"{vowel}{ToneMarks[tone - 1]}".Normalize(NormalizationForm.FormC)[0];
                parts[letter] = parts[char.ToUpperInvariant(letter)] = (vowel, tone);
            }
        parts['đ'] = parts['Đ'] = ('đ', 0);
        return parts.ToFrozenDictionary();
    }
}
