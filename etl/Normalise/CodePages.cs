using System.Text;

namespace Etl.Normalise;

/// <summary>The tables of the encodings that old Vietnamese files and fonts use.</summary>
static class CodePages
{
    // TCVN 5712 from 0xA0 on, as the ABC fonts (.VnTime, .VnArial …) have it; '\0' = no letter there.
    const string Tcvn3Letters =
        "\u00A0ĂÂÊÔƠƯĐăâêôơưđ\0" +
        "\0\0\0\0\0àảãáạ\0ằẳẵắ\0" +
        "\0\0\0\0\0\0ặầẩẫấậè\0ẻẽ" +
        "éẹềểễếệìỉ\0\0\0ĩíịò" +
        "\0ỏõóọồổỗốộờởỡớợù" +
        "\0ủũúụừửữứựỳỷỹýỵ\0";

    // What the full standard has where the fonts have nothing: capitals with a tone.
    const string Tcvn5712Capitals = "\u00AFẰ\u00BAẲ\u00BFẴ\u00C0Ắ\u00C1Ầ\u00C2Ẩ\u00C3Ẫ\u00C4Ấ\u00C5Ề\u00CDỂ\u00D9Ễ\u00DAẾ\u00DBỒ\u00E0Ổ\u00F0Ỗ\u00FFỐ";

    // Vowel, then its bytes after the base letter for: no tone, huyền, hỏi, ngã, sắc, nặng. '-' = the base letter alone.
    static readonly string[] VniVowels =
    [
        "aa-øûõùï", "ăaêèúüéë", "âaâàåãáä", "ee-øûõùï", "êeâàåãáä", "oo-øûõùï", "ôoâàåãáä",
        "ơô-øûõùï", "uu-øûõùï", "ưö-øûõùï", "yy-øûõù-",
    ];

    const string VniSingles = "ơôưöđñììỉæĩóííịòỵî"; // letter, then its byte

    /// <summary>TCVN3 (ABC). A capital with a tone is written with the small letter's code: the font draws it as a capital.</summary>
    public static OldCodePage Tcvn3 { get; } = MakeTcvn3();

    /// <summary>TCVN3 together with the capitals that only the full standard TCVN 5712 has.</summary>
    public static OldCodePage Tcvn5712 { get; } = MakeTcvn3(Tcvn5712Capitals);

    /// <summary>VNI-Windows: a base letter, then a byte for the mark and the tone.</summary>
    public static OldCodePage Vni { get; } = MakeVni();

    /// <summary>Windows-1258: some vowels composed, tones as combining characters.</summary>
    public static OldCodePage Windows1258 { get; } = MakeWindows1258();

    public static OldCodePage Western { get; } = new(Enumerable.Range(0, 256).Select(code => Windows1252.Character((byte)code)).ToArray(), []);

    static OldCodePage MakeTcvn3(string extra = "")
    {
        var single = Ascii();
        for (var i = 0; i < Tcvn3Letters.Length; i++) single[0xA0 + i] = Tcvn3Letters[i];
        for (var i = 0; i < extra.Length; i += 2) single[extra[i]] = extra[i + 1];
        var small = Vietnamese.Letters.Where(letter => letter == char.ToLowerInvariant(letter));
        return new(single, [], small.Select(letter => (char.ToUpperInvariant(letter), letter)));
    }

    static OldCodePage MakeVni()
    {
        var pairs = new List<(byte, byte, char)>();
        foreach (var row in VniVowels)
            for (var tone = 0; tone < 6; tone++)
            {
                if (row[tone + 2] == '-') continue;
                var letter = tone == 0 ? row[0] : $"{row[0]}{Vietnamese.ToneMarks[tone - 1]}".Normalize(NormalizationForm.FormC)[0];
                var (first, second) = (row[1], row[tone + 2]);
                var (capital, capitalFirst, capitalSecond) = (char.ToUpperInvariant(letter), char.ToUpperInvariant(first), char.ToUpperInvariant(second));
                pairs.Add(((byte)first, (byte)second, letter));
                pairs.Add(((byte)capitalFirst, (byte)capitalSecond, capital));
                pairs.Add(((byte)capitalFirst, (byte)second, capital)); // "Aùnh": the mark after a capital typed small
            }
        var single = Ascii();
        for (var i = 0; i < VniSingles.Length; i += 2)
        {
            single[VniSingles[i + 1]] = VniSingles[i];
            single[char.ToUpperInvariant(VniSingles[i + 1])] = char.ToUpperInvariant(VniSingles[i]);
        }
        return new(single, pairs);
    }

    static OldCodePage MakeWindows1258()
    {
        var single = Enumerable.Range(0, 256).Select(code => Windows1252.Character((byte)code)).ToArray();
        foreach (var (code, letter) in new[] { (0xC3, 'Ă'), (0xE3, 'ă'), (0xD0, 'Đ'), (0xF0, 'đ'), (0xD5, 'Ơ'), (0xF5, 'ơ'), (0xDD, 'Ư'), (0xFD, 'ư'), (0xFE, '₫') })
            single[code] = letter;
        byte[] tones = [0xCC, 0xD2, 0xDE, 0xEC, 0xF2];
        for (var i = 0; i < tones.Length; i++) single[tones[i]] = Vietnamese.ToneMarks[i];
        var pairs =
            from code in Enumerable.Range('A', 256 - 'A')
            from tone in tones
            where char.IsLetter(single[code])
            let composed = $"{single[code]}{single[tone]}".Normalize(NormalizationForm.FormC)
            where composed.Length == 1
            select ((byte)code, tone, composed[0]);
        return new(single, pairs);
    }

    static char[] Ascii()
    {
        var single = new char[256];
        for (var code = 0; code < 0x80; code++) single[code] = (char)code;
        return single;
    }
}
